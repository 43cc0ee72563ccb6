using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>Stops, redrives, restarts and long executions.</summary>
public abstract partial class HostCompliance
{
    [Fact]
    public async Task Stop_Running_AbortsAndCancelsTheTask()
    {
        await using HostFixture fixture = await OpenAsync();
        var cancelled = new TaskCompletionSource();
        fixture.Tasks.On("work", async (_, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new TaskCompleted(1);
        });
        await StartAsync(fixture, "a", Machines.Task("work"));
        await UntilAsync(() => fixture.Tasks.CallsTo("work") == 1);
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, "Enough", "Said so."), Cancellation));

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "Said so."), (ended.Status, ended.Error, ended.Cause));
        await cancelled.Task.WaitAsync(Cancellation);
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation));
    }

    [Fact]
    public async Task Stop_Parent_StopsChildren()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "parent", Machines.Wait(60));
        await fixture.Host.StartAsync(
            Requests.Of(fixture, "child", Machines.Wait(60)) with { ParentExecutionArn = Requests.Arn("parent") }, Cancellation);
        await fixture.Host.SignalAsync(Requests.Arn("parent"), new Stop(fixture.Now, null, null), Cancellation);
        Assert.Equal(ExecutionStatus.Aborted, (await EndAsync(fixture, "child")).Status);
    }

    [Fact]
    public async Task Redrive_Failed_ContinuesWhereItFailed()
    {
        await using HostFixture fixture = await OpenAsync();
        bool broken = true;
        fixture.Tasks.On("a", _ => new TaskCompleted("A")).On("b", _ => broken ? new TaskRejected("Bad", null) : new TaskCompleted("B"));
        await StartAsync(fixture, "a", Machines.Parallel);
        Assert.Equal(ExecutionStatus.Failed, (await EndAsync(fixture, "a")).Status);
        int before = fixture.Tasks.CallsTo("a");
        broken = false;
        await fixture.RestartAsync();

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Succeeded, 1), (ended.Status, ended.RedriveCount));
        Assert.Equal("""["A","B"]""", ended.Output!.ToString());
        Assert.InRange(fixture.Tasks.CallsTo("a"), before, before + 1);
        Assert.Contains(HistoryEventType.ExecutionRedriven, await TypesAsync(fixture, "a"));
    }

    /// <summary>The turn of the redrive ends it again: nothing of it waits between.</summary>
    [Fact]
    public async Task Redrive_EndsAtOnce_IsCountedAndEndsAgain()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Fail);
        await EndAsync(fixture, "a");

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation));
        await UntilAsync(async () => await FindAsync(fixture, "a") is { RedriveCount: 1, Status: ExecutionStatus.Failed });
        ExecutionRecord ended = await FindAsync(fixture, "a");
        Assert.Equal(("Broken", 1), (ended.Error, ended.RedriveCount));
        Assert.True(ended.StopTime >= ended.RedriveTime);
    }

    [Fact]
    public async Task Restart_TaskInFlight_IsSentAgainWithTheSameKey()
    {
        await using HostFixture fixture = await OpenAsync();
        int calls = 0;
        fixture.Tasks.On("step", async (_, cancellation) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }

            return new TaskCompleted(7);
        });
        await StartAsync(fixture, "a", Machines.Sequence(1));
        await UntilAsync(() => fixture.Tasks.CallsTo("step") == 1);
        await fixture.RestartAsync();

        Assert.Equal("7", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(2, fixture.Tasks.CallsTo("step"));
        Assert.Single(fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct());
        await AssertNoGapAsync(fixture, "a");
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionSucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.ExecutionSucceeded);
    }

    [Fact]
    public async Task Restart_BetweenManySteps_RunsEachStepOnce()
    {
        await using HostFixture fixture = await OpenAsync();
        using var gate = new SemaphoreSlim(0);
        fixture.Tasks.On("step", async (call, cancellation) =>
        {
            await gate.WaitAsync(cancellation);
            return new TaskCompleted(call.StateName);
        });
        await StartAsync(fixture, "a", Machines.Sequence(12));
        for (int step = 1; step <= 12; step++)
        {
            await UntilAsync(() => fixture.Tasks.Calls.LastOrDefault()?.StateName == $"S{step}");
            if (step % 4 == 0)
            {
                await fixture.RestartAsync();
                await UntilAsync(() => fixture.Tasks.Calls.Count(call => call.StateName == $"S{step}") == 2);
            }

            gate.Release();
        }

        Assert.Equal("\"S12\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(12, (await TypesAsync(fixture, "a")).Count(type => type == HistoryEventType.LambdaFunctionSucceeded));
        await AssertNoGapAsync(fixture, "a");
    }

    [Fact]
    public async Task Loop_OfManySteps_KeepsItsHistory()
    {
        // Long enough that a host takes snapshots, or starts its orchestration anew.
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("step", 1);
        await StartAsync(fixture, "a", Machines.Sequence(250));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal(250, fixture.Tasks.CallsTo("step"));
        await AssertNoGapAsync(fixture, "a");
    }
}
