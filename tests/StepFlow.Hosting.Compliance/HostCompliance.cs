using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Service.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>What every host must do. A host's tests derive from it and supply the fixture.</summary>
public abstract class HostCompliance
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract HostFixture CreateFixture();

    [Fact]
    public async Task Start_NewExecution_RunsToItsEnd()
    {
        await using HostFixture fixture = await OpenAsync();
        StartOutcome outcome = await StartAsync(fixture, "a", Machines.Pass);
        Assert.True(outcome.Created);

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal("""{"x":1}""", ended.Output!.ToString());
        Assert.NotNull(ended.StopTime);
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited, HistoryEventType.ExecutionSucceeded);
    }

    [Fact]
    public async Task Start_SameNameTwice_GivesTheFirst()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("work", 1);
        StartOutcome first = await StartAsync(fixture, "a", Machines.Wait(60), JsonObject.Create(("first", true)));
        StartOutcome second = await StartAsync(fixture, "a", Machines.Wait(60), JsonObject.Create(("first", false)));

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal("""{"first":true}""", second.Execution.Start.Input.ToString());
        await fixture.RestartAsync();
        Assert.False((await StartAsync(fixture, "a", Machines.Pass)).Created);
    }

    [Fact]
    public async Task Start_SameNameAtTheSameTime_CreatesOne()
    {
        await using HostFixture fixture = await OpenAsync();
        StartOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(fixture, "a", Machines.Wait(60))));
        Assert.Single(outcomes, outcome => outcome.Created);
    }

    [Fact]
    public async Task Find_NoSuchExecution_IsNull()
    {
        await using HostFixture fixture = await OpenAsync();
        Assert.Null(await fixture.Host.FindAsync(Requests.Arn("none"), Cancellation));
        Assert.Null(await fixture.Host.WaitAsync(Requests.Arn("none"), Cancellation));
        Assert.Empty(await fixture.Host.HistoryAsync(Requests.Arn("none"), null, 10, reverse: false, Cancellation));
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("none"), time => new Stop(time, null, null), Cancellation));
    }

    [Fact]
    public async Task Fail_State_RecordsErrorAndCause()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Fail);
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "Broken", "By design."), (ended.Status, ended.Error, ended.Cause));
    }

    [Fact]
    public async Task Wait_NotDue_StaysUntilDue()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Wait(3600));
        fixture.Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal(ExecutionStatus.Running, (await FindAsync(fixture, "a")).Status);

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.True(ended.StopTime - ended.Start.StartTime >= TimeSpan.FromSeconds(3600));
    }

    [Fact]
    public async Task Wait_RestartBeforeDue_EndsWhenDue()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Wait(3600));
        await fixture.RestartAsync();
        Assert.Equal(ExecutionStatus.Running, (await FindAsync(fixture, "a")).Status);
        fixture.Clock.Advance(TimeSpan.FromSeconds(3601));
        Assert.Equal(ExecutionStatus.Succeeded, (await EndAsync(fixture, "a")).Status);
    }

    [Fact]
    public async Task Task_Called_GetsItsPlaceAndKey()
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
    }

    [Fact]
    public async Task Task_FailingForGood_FailsTheExecution()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("work", _ => new TaskRejected("Bad", "Reason."));
        await StartAsync(fixture, "a", Machines.Task("work"));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "Bad", "Reason."), (ended.Status, ended.Error, ended.Cause));
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
    public async Task Token_Answered_EndsTheTask()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Create(("MessageId", "m"))));
        await StartAsync(fixture, "a", Machines.Token());
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new TaskSucceeded(time, task, "ok"), Cancellation));
        Assert.Equal("\"ok\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new TaskSucceeded(time, task, "again"), Cancellation));
    }

    [Fact]
    public async Task Token_AnsweredAfterRestart_EndsTheTaskWithoutAskingAgain()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Create(("MessageId", "m"))));
        await StartAsync(fixture, "a", Machines.Token());
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);
        await fixture.RestartAsync();

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new TaskFailed(time, task, "Refused", "No."), Cancellation));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal(("Refused", "No."), (ended.Error, ended.Cause));
        Assert.Equal(1, fixture.Tasks.CallsTo("sendMessage"));
    }

    [Fact]
    public async Task Token_Heartbeats_KeepTheTaskAlive()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Empty));
        await StartAsync(fixture, "a", Machines.Token(",\"HeartbeatSeconds\":60"));
        await UntilAsync(async () => (await TypesAsync(fixture, "a")).Contains(HistoryEventType.TaskSubmitted));
        string task = TaskIdOf(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new TaskHeartbeat(time, task), Cancellation));
        await fixture.RestartAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new TaskHeartbeat(time, task), Cancellation));
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("States.Timeout", (await EndAsync(fixture, "a")).Error);
    }

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
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new Stop(time, "Enough", "Said so."), Cancellation));

        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "Said so."), (ended.Status, ended.Error, ended.Cause));
        await cancelled.Task.WaitAsync(Cancellation);
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new Stop(time, null, null), Cancellation));
    }

    [Fact]
    public async Task Stop_Parent_StopsChildren()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "parent", Machines.Wait(60));
        await fixture.Host.StartAsync(
            Requests.Of(fixture, "child", Machines.Wait(60)) with { ParentExecutionArn = Requests.Arn("parent") }, Cancellation);
        await fixture.Host.SignalAsync(Requests.Arn("parent"), time => new Stop(time, null, null), Cancellation);
        Assert.Equal(ExecutionStatus.Aborted, (await EndAsync(fixture, "child")).Status);
    }

    [Fact]
    public async Task Redrive_Failed_GoesOnWhereItFailed()
    {
        await using HostFixture fixture = await OpenAsync();
        bool broken = true;
        fixture.Tasks.On("a", _ => new TaskCompleted("A")).On("b", _ => broken ? new TaskRejected("Bad", null) : new TaskCompleted("B"));
        await StartAsync(fixture, "a", Machines.Parallel);
        Assert.Equal(ExecutionStatus.Failed, (await EndAsync(fixture, "a")).Status);
        int before = fixture.Tasks.CallsTo("a");
        broken = false;
        await fixture.RestartAsync();

        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), time => new Redrive(time), Cancellation));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Succeeded, 1), (ended.Status, ended.RedriveCount));
        Assert.Equal("""["A","B"]""", ended.Output!.ToString());
        Assert.InRange(fixture.Tasks.CallsTo("a"), before, before + 1);
        Assert.Contains(HistoryEventType.ExecutionRedriven, await TypesAsync(fixture, "a"));
    }

    [Fact]
    public async Task Restart_TaskInFlight_IsSentAgainWithTheSameKey()
    {
        await using HostFixture fixture = await OpenAsync();
        bool first = true;
        fixture.Tasks.On("step", async (_, cancellation) =>
        {
            if (first)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }

            return new TaskCompleted(7);
        });
        await StartAsync(fixture, "a", Machines.Sequence(1));
        await UntilAsync(() => fixture.Tasks.CallsTo("step") == 1);
        first = false;
        await fixture.RestartAsync();

        Assert.Equal("7", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Equal(2, fixture.Tasks.CallsTo("step"));
        Assert.Single(fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct());
        await AssertNoGapAsync(fixture, "a");
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
    public async Task History_Pages_ReadTheSameBothWays()
    {
        await using HostFixture fixture = await OpenAsync();
        fixture.Tasks.Returns("step", 1);
        await StartAsync(fixture, "a", Machines.Sequence(10));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        long[] forwards = await PagesAsync(fixture, reverse: false);
        long[] backwards = await PagesAsync(fixture, reverse: true);
        Assert.Equal(Enumerable.Range(1, (int)ended.EventCount).Select(id => (long)id), forwards);
        Assert.Equal(forwards.Reverse(), backwards);
    }

    [Fact]
    public async Task List_Filters_FindTheirExecutions()
    {
        await using HostFixture fixture = await OpenAsync();
        await StartAsync(fixture, "a", Machines.Pass);
        await StartAsync(fixture, "b", Machines.Fail);
        await StartAsync(fixture, "c", Machines.Wait(60));
        await EndAsync(fixture, "a");
        await EndAsync(fixture, "b");

        Assert.Equal(["c", "b", "a"], await NamesAsync(fixture, new()));
        Assert.Equal(["b"], await NamesAsync(fixture, new() { Status = ExecutionStatus.Failed }));
        Assert.Equal(["c"], await NamesAsync(fixture, new() { Status = ExecutionStatus.Running }));
        Assert.Empty(await NamesAsync(fixture, new() { StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Other" }));
        Page<ExecutionRecord> first = await fixture.Host.ListAsync(new() { Count = 2 }, Cancellation);
        await fixture.RestartAsync();
        Page<ExecutionRecord> second = await fixture.Host.ListAsync(new() { Count = 2, After = first.Next }, Cancellation);
        Assert.Equal(["c", "b", "a"], first.Items.Concat(second.Items).Select(item => item.Start.Name));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Start_EverythingGiven_IsKept()
    {
        await using HostFixture fixture = await OpenAsync();
        ExecutionRequest request = Requests.Of(fixture, "a", Machines.Wait(60), JsonObject.Create(("text", new string('x', 5000)))) with
        {
            Configuration = JsonObject.Create(("revisionId", "r")),
            TraceHeader = "trace",
            MockTestCase = "case",
        };
        request = request with { Start = request.Start with { StateMachineVersionArn = "version", InputText = "{ }", Region = "eu-west-1" } };
        await fixture.Host.StartAsync(request, Cancellation);
        await fixture.RestartAsync();
        ExecutionRecord found = await FindAsync(fixture, "a");
        Assert.Equal(request.Start, found.Start);
        Assert.Equal(("trace", "case"), (found.TraceHeader, found.MockTestCase));
        Assert.Equal("""{"revisionId":"r"}""", found.Configuration.ToString());
        Assert.Equal(request.Definition, found.Definition);
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

    protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Real time: what is waited for runs on other threads.
        while (!await condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }

    protected static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Lets time pass until something has happened: a timer may not have been set yet when the clock is first moved.</summary>
    private static async Task ElapseAsync(HostFixture fixture, TimeSpan by, Func<bool> condition)
    {
        fixture.Clock.Advance(by);
        await UntilAsync(() =>
        {
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
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

    private static Task<StartOutcome> StartAsync(HostFixture fixture, string name, string definition, JsonValue? input = null) =>
        fixture.Host.StartAsync(Requests.Of(fixture, name, definition, input), Cancellation);

    private static async Task<ExecutionRecord> EndAsync(HostFixture fixture, string name) =>
        (await fixture.Host.WaitAsync(Requests.Arn(name), Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation))!;

    private static async Task<ExecutionRecord> FindAsync(HostFixture fixture, string name) =>
        (await fixture.Host.FindAsync(Requests.Arn(name), Cancellation))!;

    private static async Task<IReadOnlyList<HistoryEventType>> TypesAsync(HostFixture fixture, string name) =>
        [.. (await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancellation)).Select(entry => entry.Type)];

    private static async Task AssertHistoryAsync(HostFixture fixture, string name, params HistoryEventType[] types) =>
        Assert.Equal(types, await TypesAsync(fixture, name));

    private static async Task AssertNoGapAsync(HostFixture fixture, string name)
    {
        IReadOnlyList<HistoryEvent> events = await fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(entry => entry.Id));
        Assert.Equal((await FindAsync(fixture, name)).EventCount, events.Count);
    }

    private static async Task<long[]> PagesAsync(HostFixture fixture, bool reverse)
    {
        var ids = new List<long>();
        while (true)
        {
            IReadOnlyList<HistoryEvent> page = await fixture.Host.HistoryAsync(
                Requests.Arn("a"), ids.Count == 0 ? null : ids[^1], 7, reverse, Cancellation);
            if (page.Count == 0)
            {
                return [.. ids];
            }

            ids.AddRange(page.Select(entry => entry.Id));
        }
    }

    private static async Task<IEnumerable<string>> NamesAsync(HostFixture fixture, ExecutionQuery query) =>
        (await fixture.Host.ListAsync(query, Cancellation)).Items.Select(item => item.Start.Name);

    /// <summary>The id of the one task that was called: the end of its idempotency key.</summary>
    private static string TaskIdOf(HostFixture fixture)
    {
        string key = fixture.Tasks.Calls.Last().IdempotencyKey;
        return key[(key.LastIndexOf('/') + 1)..];
    }

    private async Task<HostFixture> OpenAsync()
    {
        HostFixture fixture = CreateFixture();
        await fixture.StartAsync();
        return fixture;
    }
}
