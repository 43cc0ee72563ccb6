using StepFlow.Testing;

namespace StepFlow.Console.Tests;

/// <summary>The console in a real browser, on a real server.</summary>
public sealed class BrowserTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "StepFlow.Console", "web");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_UsedAsByAPerson_ShowsWhatFailedAndRedrivesIt()
    {
        string folder = Directory.CreateTempSubdirectory("stepflow-console-").FullName;
        try
        {
            string configuration = Path.Combine(folder, "stepflow.json");
            await File.WriteAllTextAsync(configuration, "{}", Cancelled);
            using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(folder, "data"), configuration, Cancelled);

            (int exit, string output, string error) = await ClientProcess.RunAsync(
                new(server.Url), "node", [Path.Combine(Web, "browser.mjs"), server.Url.TrimEnd('/')], Cancelled);

            Assert.True(exit == 0, output + error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Model_OfTheConsole_PassesItsOwnTests()
    {
        (int exit, string output, string error) = await ClientProcess.RunAsync(
            new("http://localhost"), "npm", ["--prefix", Web, "test", "--silent"], Cancelled);

        Assert.True(exit == 0, output + error);
    }
}
