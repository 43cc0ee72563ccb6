using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Distributed Maps with Express children, which have no rows of their own as executions.</summary>
public sealed class ExpressChildrenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_InTheMiddle_RunsNoRecordedChildAgain()
    {
        await using var fixture = new LocalHostFixture();
        using var gate = new SemaphoreSlim(2);
        fixture.Tasks.On("item", async (call, cancellation) =>
        {
            await gate.WaitAsync(cancellation);
            return new TaskCompleted(call.Arguments);
        });
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'MaxConcurrency':2", 6);
        await UntilAsync(async () => (await ListAsync(fixture, run, ExecutionStatus.Succeeded)).Count == 2);
        string[] finished = [.. (await ListAsync(fixture, run, ExecutionStatus.Succeeded)).Select(static child => child.ExecutionArn)];
        await fixture.RestartAsync();
        gate.Release(100);

        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!;
        Assert.Equal("[0,1,2,3,4,5]", ended.Output!.ToString());
        Assert.All(finished, arn => Assert.Single(fixture.Tasks.Calls, call => call.ExecutionArn == arn));
    }

    [Fact]
    public async Task Find_EndedChild_ShowsHowItEnded()
    {
        await using var fixture = new LocalHostFixture();
        FailOn(fixture, static _ => true, 1);
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'ToleratedFailureCount':1", 3);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);

        ExecutionRecord failed = (await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 1, isExpress: true), Cancellation))!;
        Assert.Equal((ExecutionStatus.Failed, "Bad", "1", run), (failed.Status, failed.Error, failed.Start.Input.ToString(), failed.Start.MapRunArn));
        HistoryPage history = await fixture.Host.HistoryAsync(failed.Start.ExecutionArn, null, 100, reverse: false, Cancellation);
        Assert.Equal(["ExecutionStarted", "ExecutionFailed"], [history[0].Type.ToString(), history[^1].Type.ToString()]);
        ExecutionRecord succeeded = (await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 2, isExpress: true), Cancellation))!;
        Assert.Equal((ExecutionStatus.Succeeded, "2"), (succeeded.Status, succeeded.Output!.ToString()));
        Assert.Null(await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 3, isExpress: true), Cancellation));
        Assert.Null(await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 1, isExpress: false), Cancellation));
    }

    [Fact]
    public async Task List_Children_ByStatusAndInPages()
    {
        await using var fixture = new LocalHostFixture();
        FailOn(fixture, static _ => true, 1, 4);
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'ToleratedFailureCount':2", 6);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);

        Assert.Equal([4L, 1L], (await ListAsync(fixture, run, ExecutionStatus.Failed)).Select(static child => child.ItemIndex!.Value));
        var seen = new List<long>();
        string? after = null;
        do
        {
            Page<ExecutionSummary> page = await fixture.Host.ListAsync(new() { MapRunArn = run, Count = 4, After = after }, Cancellation);
            seen.AddRange(page.Items.Select(static child => child.ItemIndex!.Value));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal([5L, 4L, 3L, 2L, 1L, 0L], seen);
    }

    [Fact]
    public async Task Redrive_RunsOnlyWhatDidNotSucceed()
    {
        await using var fixture = new LocalHostFixture();
        bool broken = true;
        FailOn(fixture, _ => broken, 1);
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'MaxConcurrency':1", 3);
        Assert.Equal(ExecutionStatus.Failed, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        broken = false;
        await fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation);
        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!;
        Assert.Equal("[0,1,2]", ended.Output!.ToString());
        Assert.Equal(["0", "1", "1", "2"], fixture.Tasks.Calls.Select(static call => call.Arguments.ToString()));
        Assert.Single(await fixture.Host.ListAsync(new() { MapRunArn = run, Redriven = false }, Cancellation) is { } page ? page.Items : []);
    }

    [Fact]
    public async Task Stop_OfTheParent_StopsTheChildren()
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("item", static async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new TaskCompleted(1);
        });
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'MaxConcurrency':2", 6);
        await UntilAsync(async () => (await ListAsync(fixture, run, ExecutionStatus.Running)).Count == 2);
        await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation);
        await UntilAsync(async () => (await ListAsync(fixture, run, ExecutionStatus.Aborted)).Count == 2);
        Assert.Empty(await ListAsync(fixture, run, ExecutionStatus.Running));
    }

    [Fact]
    public async Task Purge_RemovesTheChildrenToo()
    {
        await using var fixture = new LocalHostFixture();
        FailOn(fixture, static _ => false);
        await fixture.StartAsync();
        string run = await StartAsync(fixture, "'MaxConcurrency':2", 3);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        Assert.NotNull(await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 0, isExpress: true), Cancellation));
        Assert.Equal(1, await fixture.Local.PurgeAsync(DateTimeOffset.MaxValue, Cancellation));
        Assert.Null(await fixture.Host.FindAsync(MapRunNames.ChildArn(run, 0, isExpress: true), Cancellation));
        Assert.Empty((await fixture.Host.ListAsync(new() { MapRunArn = run }, Cancellation)).Items);
    }

    private static void FailOn(LocalHostFixture fixture, Func<TaskCall, bool> isBroken, params int[] items) => fixture.Tasks.On("item", (call, _) =>
        Task.FromResult<TaskOutcome>(isBroken(call) && items.Contains((int)((JsonNumber)call.Arguments).ToDouble())
            ? new TaskRejected("Bad", "Reason.")
            : new TaskCompleted(call.Arguments)));

    private static async Task<string> StartAsync(LocalHostFixture fixture, string fields, int items)
    {
        string definition = ("{'StartAt':'M','States':{'M':{'Type':'Map','Label':'Items'," + fields
            + ",'End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},'StartAt':'I','States':{'I':{'Type':'Task','Resource':'"
            + Requests.Function("item") + "','End':true}}}}}}").Replace('\'', '"');
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition, JsonArray.From(Enumerable.Range(0, items).Select(static n => (JsonValue)n))), Cancellation);
        string? run = null;
        await UntilAsync(async () => (run = (await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 100, reverse: false, Cancellation))
            .Select(static entry => entry.Details).OfType<Execution.History.MapRunStartedDetails>().FirstOrDefault()?.MapRunArn) is not null);
        return run!;
    }

    private static async Task<IReadOnlyList<ExecutionSummary>> ListAsync(LocalHostFixture fixture, string run, ExecutionStatus status) =>
        (await fixture.Host.ListAsync(new() { MapRunArn = run, Status = status, Count = 100 }, Cancellation)).Items;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Real time: what is waited for runs on other threads.
        while (!await condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
