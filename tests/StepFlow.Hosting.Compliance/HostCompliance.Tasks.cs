using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>Tasks, branches, items and tokens.</summary>
public abstract partial class HostCompliance
{
    [Fact]
    public async Task Task_Called_GetsItsLocationAndKey()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("work", 42);
        await StartAsync(fixture, "a", Machines.Task("work"), JsonObject.Create(("n", 1)));
        Assert.Equal("42", (await EndAsync(fixture, "a")).Output!.ToString());

        TaskCall call = Assert.Single(fixture.Tasks.Calls);
        Assert.Equal(Requests.Arn("a"), call.ExecutionArn);
        Assert.Equal("T", call.StateName);
        Assert.Equal("""{"n":1}""", call.Arguments.ToString());
        Assert.NotEmpty(call.IdempotencyKey);
    }

    [Fact]
    public async Task Task_Failing_IsRetriedAfterItsInterval()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", call => call.RetryCount < 2 ? new TaskRejected("Bad", null) : new TaskCompleted("done"));
        await StartAsync(fixture, "a", Machines.Retry(3));
        await UntilAsync(() => fixture.Tasks.CallsTo("work") == 1);
        await ElapseAsync(fixture, TimeSpan.FromSeconds(10), () => fixture.Tasks.CallsTo("work") == 2);
        await ElapseAsync(fixture, TimeSpan.FromSeconds(20), () => fixture.Tasks.CallsTo("work") == 3);

        Assert.Equal("\"done\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(3, fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct().Count());
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionFailed,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionFailed,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionSucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.ExecutionSucceeded);
    }

    [Fact]
    public async Task Task_FailingForGood_FailsTheExecution()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", _ => new TaskRejected("Bad", "Reason."));
        await StartAsync(fixture, "a", Machines.Task("work"));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "Bad", "Reason."), (ended.Status, ended.Error, ended.Cause));
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionFailed,
            HistoryEventType.ExecutionFailed);
    }

    [Fact]
    public async Task Task_Failing_IsCaught()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", _ => new TaskRejected("Bad", "Reason."));
        await StartAsync(fixture, "a", Machines.Catch);
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal("""{"Error":"Bad","Cause":"Reason."}""", ended.Output!.ToString());
    }

    [Fact]
    public async Task Task_OutOfTime_IsCancelledAndFails()
    {
        await using HostFixture fixture = await OpenAsync();
        var cancelled = new TaskCompletionSource();
        fixture.Tasks.On("work", async (_, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new TaskCompleted(1);
        });
        await StartAsync(fixture, "a", Machines.Task("work", ",\"TimeoutSeconds\":30"));
        await UntilAsync(() => fixture.Tasks.CallsTo("work") == 1);
        fixture.Clock.Advance(TimeSpan.FromSeconds(31));

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "States.Timeout"), (ended.Status, ended.Error));
        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Parallel_Branches_RunTogether()
    {
        await using HostFixture fixture = await OpenAsync();
        var both = new CountdownEvent(2);
        Func<TaskCall, CancellationToken, Task<TaskOutcome>> Meet(string result) => async (_, cancellation) =>
        {
            both.Signal();
            await Task.Run(() => both.Wait(cancellation), cancellation);
            return new TaskCompleted(result);
        };
        fixture.Tasks.On("a", Meet("A")).On("b", Meet("B"));
        await StartAsync(fixture, "a", Machines.Parallel);
        Assert.Equal("""["A","B"]""", (await EndAsync(fixture, "a")).Output!.ToString());
    }

    [Fact]
    public async Task Map_Items_KeepTheirOrderAndLimit()
    {
        await using HostFixture fixture = await OpenAsync();
        int running = 0;
        int most = 0;
        fixture.Tasks.On("item", async (call, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new TaskCompleted(call.Arguments);
        });
        await StartAsync(fixture, "a", Machines.Map, JsonArray.From(Enumerable.Range(0, 20).Select(n => (JsonValue)n)));
        Assert.Equal($"[{string.Join(',', Enumerable.Range(0, 20))}]", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task DistributedMap_Items_RunAsExecutionsOfTheirOwn()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("item", call => new TaskCompleted(call.Arguments));
        await StartAsync(fixture, "a", Machines.DistributedMap, JsonArray.From(Enumerable.Range(0, 5).Select(n => (JsonValue)n)));
        Assert.Equal("[0,1,2,3,4]", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(5, fixture.Tasks.Calls.Select(call => call.ExecutionArn).Distinct().Count());
    }

    [Fact]
    public async Task Token_Returned_EndsTheTask()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Create(("MessageId", "m"))));
        await StartAsync(fixture, "a", Machines.Token());
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskSucceeded(fixture.Now, task, "ok"), Cancellation));
        Assert.Equal("\"ok\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskSucceeded(fixture.Now, task, "again"), Cancellation));
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.TaskScheduled,
            HistoryEventType.TaskStarted,
            HistoryEventType.TaskSubmitted,
            HistoryEventType.TaskSucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.ExecutionSucceeded);
    }

    [Fact]
    public async Task Token_ReturnedAfterRestart_EndsTheTaskWithoutAskingAgain()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Create(("MessageId", "m"))));
        await StartAsync(fixture, "a", Machines.Token());
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);
        await fixture.RestartAsync();

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskFailed(fixture.Now, task, "Refused", "No."), Cancellation));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(("Refused", "No."), (ended.Error, ended.Cause));
        Assert.Equal(1, fixture.Tasks.CallsTo("sendMessage"));
    }

    [Fact]
    public async Task Token_Heartbeats_RestartTheHeartbeatTimeout()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Empty));
        await StartAsync(fixture, "a", Machines.Token(",\"HeartbeatSeconds\":60"));
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskHeartbeat(fixture.Now, task), Cancellation));
        await fixture.RestartAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new TaskHeartbeat(fixture.Now, task), Cancellation));
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("States.Timeout", (await EndAsync(fixture, "a")).Error);
    }

    private static async Task ElapseAsync(HostFixture fixture, TimeSpan by, Func<bool> condition)
    {
        fixture.Clock.Advance(by);
        await UntilAsync(() =>
        {
            // What is waited for may have been set only after the clock was moved.
            fixture.Clock.Advance(by / 100);
            return condition();
        });
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; seen < value; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static string TaskIdOf(HostFixture fixture)
    {
        string key = fixture.Tasks.Calls.Last().IdempotencyKey;
        return key[(key.LastIndexOf('/') + 1)..];
    }
}
