using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Distributed Maps whose host goes away in the middle.</summary>
public class MapRunRestartTests
{
    private static readonly string Definition = $$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"Label":"Items","End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"I","States":{"I":{"Type":"Task","Resource":"{{Requests.Function("item")}}","End":true} } } } } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_InTheMiddle_RunsNoFinishedChildAgain()
    {
        await using var fixture = new LocalHostFixture();
        using var gate = new SemaphoreSlim(2);
        fixture.Tasks.On("item", async (call, cancellation) =>
        {
            await gate.WaitAsync(cancellation);
            return new TaskCompleted(call.Arguments);
        });
        await fixture.StartAsync();
        await StartAsync(fixture);
        await UntilAsync(async () => (await ChildrenAsync(fixture)).Count(child => child.Status == ExecutionStatus.Succeeded) == 2);
        string[] finished = [.. (await ChildrenAsync(fixture)).Where(child => child.Status == ExecutionStatus.Succeeded).Select(child => child.ExecutionArn)];
        await fixture.RestartAsync();
        gate.Release(100);

        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!;
        Assert.Equal("[0,1,2,3,4,5]", ended.Output!.ToString());
        Assert.Equal(6, (await ChildrenAsync(fixture)).Count);
        Assert.All(finished, arn => Assert.Single(fixture.Tasks.Calls, call => call.ExecutionArn == arn));
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 1000, reverse: false, Cancellation);
        Assert.Single(history, entry => entry.Type == HistoryEventType.MapRunStarted);
        Assert.Single(history, entry => entry.Type == HistoryEventType.MapRunSucceeded);
    }

    [Fact]
    public async Task Stop_OfTheParent_StopsTheChildren()
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("item", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new TaskCompleted(1);
        });
        await fixture.StartAsync();
        await StartAsync(fixture);
        await UntilAsync(async () => (await ChildrenAsync(fixture)).Count == 2);
        await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation);
        foreach (ExecutionSummary child in await ChildrenAsync(fixture))
        {
            Assert.Equal(ExecutionStatus.Aborted, (await fixture.Host.WaitAsync(child.ExecutionArn, Cancellation))!.Status);
        }

        Assert.Equal(2, (await ChildrenAsync(fixture)).Count);
    }

    private static Task<StartOutcome> StartAsync(LocalHostFixture fixture) => fixture.Host.StartAsync(
        Requests.Of(fixture, "a", Definition, JsonArray.From(Enumerable.Range(0, 6).Select(n => (JsonValue)n))), Cancellation);

    private static async Task<IReadOnlyList<ExecutionSummary>> ChildrenAsync(LocalHostFixture fixture) =>
        [.. (await fixture.Host.ListAsync(new() { Count = 1000 }, Cancellation)).Items.Where(item => item.MapRunArn is not null)];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Real time: what is waited for runs on other threads.
        while (!await condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
