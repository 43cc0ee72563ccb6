using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Tests.TaskHub;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The app over HTTP, with tasks that are functions behind URLs: on a task hub in this process.</summary>
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
            new() { ConnectionString = azurite.ConnectionString, Prefix = prefix, Settings = new Dictionary<string, string?>([.. RemoteApp.Settings, .. tasks.Settings()]) });
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(instance.App, instance.Client);
        await CheckAsync(server.Address);
    }

    private static async Task CheckAsync(Uri address)
    {
        using var app = new RemoteApp(new Uri(address, "aws"));
        foreach (MixedExecutions kind in MixedExecutions.Kinds)
        {
            string machine = await app.CreateAsync(kind.Name, kind.Definition);
            string arn = await app.StartAsync(machine, "e", kind.Input);
            Assert.Equal("ExecutionStarted", (await app.HistoryAsync(arn))[0]);

            JsonObject ended = await app.EndAsync(arn);
            string end = kind.Ends == Execution.ExecutionStatus.Succeeded ? "Succeeded" : "Failed";
            Assert.Equal((kind.Name, end.ToUpperInvariant()), (kind.Name, RemoteApp.Text(ended, "status")));
            Assert.Equal("Execution" + end, (await app.HistoryAsync(arn))[^1]);
            JsonObject list = await app.CallAsync("ListExecutions", ("stateMachineArn", machine), ("statusFilter", end.ToUpperInvariant()));
            Assert.Equal(["e"], ((JsonArray)list["executions"]!).Select(static execution => RemoteApp.Text((JsonObject)execution, "name")));
        }
    }
}
