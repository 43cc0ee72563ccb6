using StepFlow.Functions.Tests.Hosting;
using StepFlow.Language.Json;
using StepFlow.Service.Events;

namespace StepFlow.Functions.Tests.Triggers;

/// <summary>Status changes start executions on Azure as they do on one machine.</summary>
public sealed class EventRuleTests(AzuriteFixture azurite)
{
    private const string Pass = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private const string Fail = """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Shop.Closed"}}}""";

    [Fact]
    public async Task StartAndEnd_StartTheirRulesMachines_OnceEach()
    {
        await using ServiceFixture app = await ServiceFixture.OpenAsync(azurite, allowsFailures: true, settings: new Dictionary<string, string?>
        {
            ["StepFlow:Triggers:begun:StateMachine"] = "begun",
            ["StepFlow:Triggers:begun:EventPattern"] = """{"source":["aws.states"],"detail":{"status":["RUNNING"],"stateMachineArn":[{"suffix":":broken"}]}}""",
            ["StepFlow:Triggers:repair:StateMachine"] = "repair",
            ["StepFlow:Triggers:repair:EventPattern"] = """{"source":["aws.states"],"detail":{"status":["FAILED"]}}""",
        });
        await app.CreateMachineAsync("broken", Fail);
        await app.CreateMachineAsync("begun", Pass);
        await app.CreateMachineAsync("repair", Pass);
        using var publisher = app.Host.App.Get<StatusChangePublisher>();
        await publisher.StartAsync(TestContext.Current.CancellationToken);

        await app.EndAsync(await app.StartAsync("broken"));
        await app.UntilAsync(async () => await CountAsync(app, "begun") == 1 && await CountAsync(app, "repair") == 1);
        await publisher.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (await CountAsync(app, "begun"), await CountAsync(app, "repair")));
        string repair = ((JsonString)((JsonObject)(await ListAsync(app, "repair"))[0])["executionArn"]!).Value;
        var occurrence = (JsonObject)JsonValue.Parse(((JsonString)(await app.EndAsync(repair))["input"]!).Value);
        Assert.Equal("Shop.Closed", ((JsonObject)occurrence["detail"]!)["error"]);
    }

    private static async Task<int> CountAsync(ServiceFixture app, string machine) => (await ListAsync(app, machine)).Count;

    private static async Task<JsonArray> ListAsync(ServiceFixture app, string machine) =>
        (JsonArray)(await app.CallAsync("ListExecutions", ("stateMachineArn", ServiceFixture.MachineArn(machine))))["executions"]!;
}
