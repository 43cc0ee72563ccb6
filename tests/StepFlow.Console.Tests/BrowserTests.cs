using StepFlow.Testing;

namespace StepFlow.Console.Tests;

/// <summary>The console in a real browser, on a real server.</summary>
public sealed class BrowserTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "StepFlow.Console", "web");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Console_UsedAsByAPerson_ShowsWhatFailedAndRedrivesIt() => DriveAsync("{}", "console.mjs");

    [Fact]
    public Task Console_OfAServerWithAccessKeys_RequiresOne() => DriveAsync(
        """{"AccessKeys":{"AKIDCONSOLE":{"Secret":"only for this test"},"AKIDREADER":{"Secret":"only for this test","Level":"ReadOnly"}}}""",
        "keys.mjs",
        "AKIDCONSOLE",
        "only for this test",
        "AKIDREADER");

    [Fact]
    public Task Console_ShowingAndSendingData_ChangesNothingOfIt() => DriveAsync("{}", "data.mjs");

    [Fact]
    public Task Console_OfAMapOfThousands_FindsTheItemThatFailed() => DriveAsync("{}", "maps.mjs");

    [Fact]
    public Task Console_OfAnExecutionThatDoesNotContinue_ShowsWhyAndTriesAgain() => DriveAsync(
        """{"Storage":{"ConnectionString":"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AA==;BlobEndpoint=http://127.0.0.1:1/a;"} }""", "problems.mjs");

    [Fact]
    public Task Console_ADefinitionInYaml_IsCheckedInPlaceAndSavedAsJson() => DriveAsync("{}", "yaml.mjs");

    [Theory]
    [InlineData("test")]
    [InlineData("lint")]
    public async Task Sources_OfTheConsole_PassTheirOwnChecks(string check)
    {
        (int exit, string output, string error) = await ClientProcess.RunAsync(
            new("http://localhost"), "npm", ["--prefix", Web, "run", check, "--silent"], Cancelled);

        Assert.True(exit == 0, output + error);
    }

    /// <summary>Runs a script against a server of its own.</summary>
    private static async Task DriveAsync(string configuration, string script, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("stepflow.json", configuration);
        using ServerProcess server = await ServerProcess.StartAsync(folder.PathOf("data"), file, Cancelled);

        (int exit, string output, string error) = await ClientProcess.RunAsync(
            new(server.Url), "node", [Path.Combine(Web, "browser", script), server.Url.TrimEnd('/'), .. arguments], Cancelled);

        Assert.True(exit == 0, output + error);
    }
}
