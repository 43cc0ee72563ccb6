using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>
/// Tasks that the execution no longer waits for. Durable Functions cannot cancel an activity, and ends a generation only
/// when nothing that it asked for is open.
/// </summary>
public sealed class AbandonedTaskTests(AzuriteFixture azurite)
{
    private const int Rounds = 130;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(61);

    /// <summary>A task that times out, and many after it.</summary>
    private static readonly string Machine = $$"""
        {"StartAt":"Hangs","States":{
          "Hangs":{"Type":"Task","Resource":"{{Requests.Function("hangs")}}","TimeoutSeconds":60,"End":true,
            "ResultPath":null,"Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":null,"Next":"T"}]},
          "T":{"Type":"Task","Resource":"{{Requests.Function("count")}}","Next":"N"},
          "N":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,1)"},"Next":"C"},
          "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":{{Rounds}},"Next":"T"}],"Default":"E"},
          "E":{"Type":"Succeed"} } }
        """;

    [Fact]
    public async Task Task_ThatRunsBeyondItsTimeout_DelaysNeitherTheOthersNorTheEnd()
    {
        var hang = new TaskCompletionSource<TaskOutcome>();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("hangs", (_, _) => hang.Task).On("count", call => new TaskCompleted(call.Arguments));
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M", JsonObject.Create(("n", 0)));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("hangs") == 1);
        fixture.Host.Clock.Advance(Timeout);
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("count") == Rounds);
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "SUCCEEDED");

        hang.SetResult(new TaskCompleted("late"));
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));
    }

    [Fact]
    public async Task Task_WhoseCallBreaksDownBeyondItsTimeout_IsNotRepeated()
    {
        var hang = new TaskCompletionSource<TaskOutcome>();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("hangs", (_, _) => hang.Task).On("count", call => new TaskCompleted(call.Arguments));
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M", JsonObject.Create(("n", Rounds)));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("hangs") == 1);
        fixture.Host.Clock.Advance(Timeout);
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "SUCCEEDED");

        hang.SetException(new HttpRequestException("outage"));
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted), movesClock: true);
        Assert.Equal(1, fixture.Tasks.CallsTo("hangs"));
    }
}
