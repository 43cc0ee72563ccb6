using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>A server that is stopped and started again while executions wait for executions they started, or for the children of their Map Runs.</summary>
public sealed class NestedRestartTests : IDisposable
{
    private const string Map = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":40,"End":true,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
            "StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}}}}}
        """;

    private const string Child = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}}""";

    private const int Parents = 5;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("startExecution.sync", "")]
    [InlineData("startExecution.sync:2", "")]
    [InlineData("startExecution.sync:2", ""","Name.$":"States.Format('child-of-{}', $$.Execution.Name)" """)]
    public async Task OrderlyRestart_WhileAChildRuns_ParentsSucceed(string action, string name)
    {
        await RestartAsync(Parent(action, name), "{}", async server => await UntilAsync(server, "child", static children => children.Count == Parents));
    }

    [Fact]
    public async Task OrderlyRestart_WhileExpressChildrenRun_TheirMapsSucceed()
    {
        string input = JsonObject.Create(("items", JsonArray.Create([.. Enumerable.Range(0, 200).Select(static item => (JsonValue)item)]))).ToString();
        await RestartAsync(Map, input, async server => await UntilAsync(server, "parent", static parents => parents.Count == Parents));
    }

    /// <summary>Starts parents, restarts the server when something is reached, and waits until all parents have succeeded.</summary>
    private async Task RestartAsync(string parent, string input, Func<ServerProcess, Task> reached)
    {
        string machines = Directory.CreateDirectory(_folder.PathOf("machines")).FullName;
        await File.WriteAllTextAsync(Path.Combine(machines, "child.asl.json"), Child, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(machines, "parent.asl.json"), parent, Cancellation);
        string configuration = _folder.PathOf("stepflow.json");
        await File.WriteAllTextAsync(configuration, JsonObject.Create(("StateMachines", JsonObject.Create(("Folder", machines)))).ToString(), Cancellation);
        string data = _folder.PathOf("data");
        int children;
        using (ServerProcess server = await ServerProcess.StartAsync(data, configuration, Cancellation))
        {
            for (int i = 0; i < Parents; i++)
            {
                await server.PostAsync("api/statemachines/parent/executions", JsonObject.Create(("input", input)), Cancellation);
            }

            await reached(server);
            children = (await ListAsync(server, "child")).Count;
            await server.StopAsync(Cancellation);
        }

        using (ServerProcess server = await ServerProcess.StartAsync(data, configuration, Cancellation))
        {
            JsonArray ended = await UntilAsync(server, "parent", static parents => parents.All(static parent => Status(parent) != "RUNNING"));

            Assert.Equal(Enumerable.Repeat("SUCCEEDED", Parents), ended.Select(Status));
            Assert.Equal(children, (await ListAsync(server, "child")).Count);
        }
    }

    private static string Parent(string action, string name) =>
        """{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::states:ACTION","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:child"NAME},"End":true}}}"""
            .Replace("ACTION", action, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal);

    private static string Status(JsonValue execution) => ((JsonString)((JsonObject)execution)["status"]!).Value;

    private static async Task<JsonArray> ListAsync(ServerProcess server, string machine) =>
        (JsonArray)(await server.GetAsync($"api/statemachines/{machine}/executions", Cancellation))["executions"]!;

    private static async Task<JsonArray> UntilAsync(ServerProcess server, string machine, Func<JsonArray, bool> reached)
    {
        while (true)
        {
            JsonArray executions = await ListAsync(server, machine);
            if (reached(executions))
            {
                return executions;
            }

            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }
}
