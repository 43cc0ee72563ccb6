using StepFlow.Service.Access;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Clients;

/// <summary>Other AWS clients go the way of an execution, signed: boto3 and the JavaScript SDK.</summary>
public sealed class ScenarioTests
{
    [Fact]
    public Task Boto3_Scenario_Succeeds() => RunAsync("python3", Path.Combine(AppContext.BaseDirectory, "clients", "scenario.py"));

    [Fact]
    public Task JavaScriptSdk_Scenario_Succeeds() => RunAsync("node", Path.Combine(SourceFolder(), "scenario.mjs"));

    [Theory]
    [InlineData("aws")]
    [InlineData("node")]
    public async Task Outage_ThatIsOverSoon_IsRepeatedByClients(string program)
    {
        var documents = new FailingDocuments();
        await using TestServer server = await TestServer.StartAsync(test: new(documents: documents));
        documents.Failures = 2;
        string[] arguments = program == "aws"
            ? ["--endpoint-url", server.Address.ToString(), "stepfunctions", "list-state-machines"]
            : [Path.Combine(SourceFolder(), "list.mjs")];

        (int exit, string output, string error) = await ClientProcess.RunAsync(server.Address, program, arguments, TestContext.Current.CancellationToken, attempts: 3);

        Assert.True(exit == 0, output + error);
        Assert.Equal(-1, documents.Failures);
        Assert.Contains("stateMachines", output, StringComparison.Ordinal);
    }

    private static async Task RunAsync(string program, string script)
    {
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = ClientProcess.KeyId, Secret = ClientProcess.Secret }]));

        (int exit, string output, string error) = await ClientProcess.RunAsync(server.Address, program, [script], TestContext.Current.CancellationToken);

        Assert.True(exit == 0, output + error);
        Assert.Empty(server.Problems);
    }

    /// <summary>Node looks for packages from where the script lies: beside its package-lock.json.</summary>
    private static string SourceFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string clients = Path.Combine(folder.FullName, "tests", "StepFlow.Service.Tests", "clients");
            if (Directory.Exists(clients))
            {
                return Directory.Exists(Path.Combine(clients, "node_modules"))
                    ? clients
                    : throw new InvalidOperationException($"The packages of {clients} are not installed: run 'npm ci' there, or scripts/test.sh.");
            }
        }

        throw new InvalidOperationException("The clients' folder is not there.");
    }
}
