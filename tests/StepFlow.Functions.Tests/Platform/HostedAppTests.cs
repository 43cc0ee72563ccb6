using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Tests.TaskHub;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>
/// The app over HTTP, with tasks that are functions behind URLs: on a task hub in this process, and, where there is one, in
/// the Functions host itself. What the test asks is the same.
/// </summary>
public sealed class HostedAppTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Executions_OfAnAppOnATaskHub_EndAsTheyMust()
    {
        await using HttpTasks tasks = await HttpTasks.StartAsync();
        string prefix = AzuriteFixture.UniqueName();
        await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
        await using HubInstance instance = await HubInstance.StartAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = prefix.Replace("-", string.Empty, StringComparison.Ordinal), WorkerId = "one" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = prefix, Settings = new Dictionary<string, string?>([.. RemoteApp.Settings, .. tasks.Settings]) });
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(instance.App, instance.Client);
        await CheckAsync(server.Address);
    }

    [Fact]
    public async Task Executions_OfAnAppInTheFunctionsHost_EndAsTheyMust()
    {
        string? program = FunctionsHost.Find();
        Assert.SkipWhen(
            program is null, "There is no Functions host here: put 'func' (Azure Functions Core Tools 4) on the path, or name one with STEPFLOW_FUNCTIONS_HOST.");
        await using HttpTasks tasks = await HttpTasks.StartAsync();
        string hub = AzuriteFixture.UniqueName().Replace("-", string.Empty, StringComparison.Ordinal);
        await using FunctionsHost host = await FunctionsHost.StartAsync(program, azurite.ConnectionString, hub, [.. RemoteApp.Settings, .. tasks.Settings]);
        await CheckAsync(host.Address);
    }

    private static async Task CheckAsync(Uri address)
    {
        using var app = new RemoteApp(address);
        foreach (MixedExecutions kind in MixedExecutions.Kinds)
        {
            JsonObject machine = await app.CallAsync(
                "CreateStateMachine", ("name", kind.Name), ("definition", kind.Definition), ("roleArn", "arn:aws:iam::123456789012:role/test"));
            JsonObject started = await app.CallAsync("StartExecution", ("stateMachineArn", machine["stateMachineArn"]!), ("name", "e"), ("input", kind.Input.ToString()));
            string arn = RemoteApp.Text(started, "executionArn");
            Assert.Equal("ExecutionStarted", (await app.HistoryAsync(arn))[0]);

            JsonObject ended = await app.EndAsync(arn);
            string end = kind.Ends == Execution.ExecutionStatus.Succeeded ? "Succeeded" : "Failed";
            Assert.Equal((kind.Name, end.ToUpperInvariant()), (kind.Name, RemoteApp.Text(ended, "status")));
            Assert.Equal("Execution" + end, (await app.HistoryAsync(arn))[^1]);
            JsonObject list = await app.CallAsync("ListExecutions", ("stateMachineArn", machine["stateMachineArn"]!), ("statusFilter", end.ToUpperInvariant()));
            Assert.Equal(["e"], ((JsonArray)list["executions"]!).Select(static execution => RemoteApp.Text((JsonObject)execution, "name")));
        }
    }
}
