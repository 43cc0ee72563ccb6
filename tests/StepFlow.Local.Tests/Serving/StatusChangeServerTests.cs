using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>Status changes and events start executions by rules, and reach the destinations of the settings.</summary>
public sealed class StatusChangeServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Failure_StartsTheRulesMachine_AndIsPosted()
    {
        await using var receiver = await PostReceiver.StartAsync();
        using ServerProcess server = await StartAsync(("StatusChanges", JsonObject.Create(("Url", receiver.Url + "changes"))), ("Rest", JsonObject.Create(("audit", JsonObject.Create(("Url", receiver.Url))))));
        await server.PostAsync("api/statemachines/broken/executions", JsonObject.Create(("name", "e1"), ("input", JsonObject.Create(("order", 7)))), Cancellation);

        JsonObject cause = await InputAsync(server, "repair");
        JsonObject[] posted = [await receiver.NextAsync(Cancellation), await receiver.NextAsync(Cancellation)];

        var detail = (JsonObject)cause["detail"]!;
        Assert.Equal("FAILED", detail["status"]);
        Assert.Equal("Shop.Closed", detail["error"]);
        Assert.Equal("""{"order":7}""", detail["input"]);
        Assert.Equal(cause["id"], posted[1]["id"]);
        Assert.Equal(["RUNNING", "FAILED"], posted.Select(static one => ((JsonString)((JsonObject)one["detail"]!)["status"]!).Value));
    }

    [Fact]
    public async Task PutEvents_StartsTheRulesMachineOnce_OnABusWithoutDestination()
    {
        using ServerProcess server = await StartAsync();
        await server.PostAsync("api/statemachines/tell/executions", JsonObject.Create(("name", "e1")), Cancellation);

        JsonObject input = await InputAsync(server, "notified");

        Assert.Equal("shop", input["source"]);
        Assert.Equal("123456789012", input["account"]);
        Assert.Equal("""{"order":7}""", input["detail"]!.ToString());
        Assert.Single((JsonArray)(await server.GetAsync("api/statemachines/notified/executions", Cancellation))["executions"]!);
    }

    private async Task<JsonObject> InputAsync(ServerProcess server, string machine)
    {
        JsonArray list;
        while ((list = (JsonArray)(await server.GetAsync($"api/statemachines/{machine}/executions", Cancellation))["executions"]!).Count == 0)
        {
            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }

        string name = ((JsonString)((JsonObject)list[0])["name"]!).Value;
        return (JsonObject)(await server.GetAsync($"api/statemachines/{machine}/executions/{name}", Cancellation))["input"]!;
    }

    private Task<ServerProcess> StartAsync(params (string Name, JsonValue Value)[] settings)
    {
        _folder.File("machines/broken.asl.json", """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Shop.Closed","Cause":"night"}}}""");
        _folder.File("machines/repair.asl.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        _folder.File("machines/notified.asl.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        _folder.File("machines/tell.asl.json", """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::events:putEvents","End":true,
             "Parameters":{"Entries":[{"Source":"shop","DetailType":"Order","Detail":{"order":7},"EventBusName":"orders"},{"Source":"other","DetailType":"Order","Detail":{},"EventBusName":"orders"}]}}}}
            """);
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
        [
            ("StateMachines", JsonObject.Create(("Folder", "machines"))),
            ("Triggers", JsonObject.Create(
                ("repair", JsonObject.Create(("StateMachine", "repair"), ("EventPattern", """{"source":["aws.states"],"detail":{"status":["FAILED"],"stateMachineArn":[{"suffix":":broken"}]}}"""))),
                ("notified", JsonObject.Create(("StateMachine", "notified"), ("EventBus", "orders"), ("EventPattern", """{"source":["shop"]}"""))))),
            .. settings,
        ]).ToString());
        return ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);
    }
}
