using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Service.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>What every host must do, and the histories it must give: the same on all of them.</summary>
public abstract class HostComplianceTests : IAsyncLifetime
{
    /// <summary>A host that does not get there within a minute does not get there.</summary>
    private const int LookLimit = 6_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    private HostFixture? _fixture;

    private HostFixture Fixture => _fixture ?? throw new InvalidOperationException("Not started.");

    private CancellationToken Cancelled { get; } = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fixture = CreateFixture();
        await _fixture.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_OfAPass_GivesItsOutputAndHistory()
    {
        ExecutionRecord ended = await RunAsync("pass", """{"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"a":1},"End":true}}}""");

        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal("""{"a":1}""", ended.Output?.ToString());
        await AssertHistoryAsync("pass", "ExecutionStarted PassStateEntered PassStateExited ExecutionSucceeded");
    }

    [Fact]
    public async Task Start_OfANameTwice_CreatesOneExecution()
    {
        const string Definition = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
        StartOutcome first = await Fixture.Host.StartAsync(Requests.Of(Fixture, "twice", Definition), Cancelled);
        await EndAsync("twice");
        StartOutcome second = await Fixture.Host.StartAsync(Requests.Of(Fixture, "twice", Definition, JsonObject.Create(("other", true))), Cancelled);

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal(JsonObject.Empty, second.Execution.Start.Input);
        Assert.Equal(4, (await HistoryAsync("twice")).Count);
    }

    [Fact]
    public async Task Wait_OfHours_EndsWhenTheClockSaysSo()
    {
        await StartAsync("wait", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":7200,"End":true}}}""");
        ExecutionRecord? waiting = await Fixture.Host.FindAsync(Requests.Arn("wait"), Cancelled);
        ExecutionRecord ended = await EndAsync("wait");

        Assert.Equal(ExecutionStatus.Running, waiting?.Status);
        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        AssertLasted(TimeSpan.FromHours(2), ended);
        await AssertHistoryAsync("wait", "ExecutionStarted WaitStateEntered WaitStateExited ExecutionSucceeded");
    }

    [Fact]
    public async Task Task_ThatFailsTwice_IsRetriedWithBackoff()
    {
        int calls = 0;
        Fixture.Tasks.On("flaky", _ => ++calls < 3 ? new TaskRejected("Custom", "not yet") : new TaskCompleted("done"));
        ExecutionRecord ended = await RunAsync("retry", $$$$"""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{{{Requests.Function("flaky")}}}}",
            "Retry":[{"ErrorEquals":["Custom"],"IntervalSeconds":10,"BackoffRate":3.0,"MaxAttempts":3}],"End":true}}}
            """);

        Assert.Equal("\"done\"", ended.Output?.ToString());
        AssertLasted(TimeSpan.FromSeconds(40), ended);
        Assert.Equal([0, 1, 2], Fixture.Tasks.Calls.Select(call => call.RetryCount));
        Assert.Equal(3, Fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct().Count());
        await AssertHistoryAsync("retry", """
            ExecutionStarted TaskStateEntered LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionFailed
            LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionFailed
            LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionSucceeded TaskStateExited ExecutionSucceeded
            """);
    }

    [Fact]
    public async Task Task_ThatFails_IsCaught()
    {
        Fixture.Tasks.On("broken", _ => new TaskRejected("Custom", "because"));
        ExecutionRecord ended = await RunAsync("catch", $$$$"""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{{{Requests.Function("broken")}}}}",
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}}
            """);

        Assert.Equal("""{"error":{"Error":"Custom","Cause":"because"}}""", ended.Output?.ToString());
    }

    [Fact]
    public async Task Task_ThatNobodyCatches_FailsTheExecution()
    {
        Fixture.Tasks.On("broken", _ => new TaskRejected("Custom", "because"));
        ExecutionRecord ended = await RunAsync(
            "fail", $$$$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{{{Requests.Function("broken")}}}}","End":true}}}""");

        Assert.Equal((ExecutionStatus.Failed, "Custom", "because"), (ended.Status, ended.Error, ended.Cause));
        await AssertHistoryAsync("fail", "ExecutionStarted TaskStateEntered LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionFailed ExecutionFailed");
    }

    [Fact]
    public async Task Parallel_OfTasks_GivesBothResultsInOrder()
    {
        Fixture.Tasks.Returns("one", 1).Returns("two", 2);
        ExecutionRecord ended = await RunAsync("parallel", $$$$"""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{{{Requests.Function("one")}}}}","End":true}}},
            {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"{{{{Requests.Function("two")}}}}","End":true}}}],"End":true}}}
            """);

        Assert.Equal("[1,2]", ended.Output?.ToString());
        await AssertGaplessAsync("parallel", 16);
    }

    [Fact]
    public async Task Map_OfTasks_GivesResultsInItemOrder()
    {
        Fixture.Tasks.On("double", call => new TaskCompleted(((JsonNumber)call.Arguments).ToDouble() is var n ? JsonNumber.Create(n * 2) : JsonValue.Null));
        ExecutionRecord ended = await RunAsync("map", $$$$"""
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{"StartAt":"D","States":{"D":{"Type":"Task",
            "Resource":"{{{{Requests.Function("double")}}}}","End":true}}},"End":true}}}
            """, JsonValue.Parse("[1,2,3,4,5]"));

        Assert.Equal("[2,4,6,8,10]", ended.Output?.ToString());
        Assert.Equal(5, Fixture.Tasks.CallsTo("double"));
        await AssertGaplessAsync("map", 41);
    }

    [Fact]
    public async Task Token_Answered_EndsTheTaskOnce()
    {
        Fixture.Tasks.On("sendMessage", _ => new TaskAccepted("sent"));
        await StartAsync("token", """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"HeartbeatSeconds":600,"End":true}}}
            """);
        await UntilAsync(async () => (await HistoryAsync("token")).Any(e => e.Type == HistoryEventType.TaskSubmitted), movesClock: false);
        string taskId = TaskId();
        bool beat = await Fixture.Host.SignalAsync(Requests.Arn("token"), time => new TaskHeartbeat(time, taskId), Cancelled);
        bool first = await Fixture.Host.SignalAsync(Requests.Arn("token"), time => new TaskSucceeded(time, taskId, "yes"), Cancelled);
        ExecutionRecord ended = await EndAsync("token");
        bool second = await Fixture.Host.SignalAsync(Requests.Arn("token"), time => new TaskSucceeded(time, taskId, "no"), Cancelled);

        Assert.Equal((true, true, false), (beat, first, second));
        Assert.Equal("\"yes\"", ended.Output?.ToString());
        await AssertHistoryAsync("token", "ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskSubmitted TaskSucceeded TaskStateExited ExecutionSucceeded");
    }

    [Fact]
    public async Task Heartbeat_ThatIsMissed_FailsTheTask()
    {
        Fixture.Tasks.On("sendMessage", _ => new TaskAccepted("sent"));
        ExecutionRecord ended = await RunAsync("heartbeat", """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"HeartbeatSeconds":60,"End":true}}}
            """);

        Assert.Equal(ExecutionStatus.Failed, ended.Status);
        Assert.Contains((await HistoryAsync("heartbeat")).Select(e => e.Type), t => t == HistoryEventType.TaskTimedOut);
    }

    [Fact]
    public async Task Stop_OfAWait_AbortsIt()
    {
        await StartAsync("stop", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":7200,"End":true}}}""");
        bool stopped = await Fixture.Host.SignalAsync(Requests.Arn("stop"), time => new Stop(time, "Enough", "of this"), Cancelled);
        ExecutionRecord ended = await EndAsync("stop");
        bool again = await Fixture.Host.SignalAsync(Requests.Arn("stop"), time => new Stop(time, null, null), Cancelled);

        Assert.Equal((true, false), (stopped, again));
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "of this"), (ended.Status, ended.Error, ended.Cause));
        Assert.Equal(HistoryEventType.ExecutionAborted, (await HistoryAsync("stop"))[^1].Type);
    }

    [Fact]
    public async Task Redrive_OfAFailure_RunsOnlyWhatFailed()
    {
        bool broken = true;
        Fixture.Tasks.Returns("first", 1).On("second", _ => broken ? new TaskRejected("Custom", null) : new TaskCompleted(2));
        ExecutionRecord failed = await RunAsync("redrive", $$$$"""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{{{Requests.Function("first")}}}}","Next":"B"},
            "B":{"Type":"Task","Resource":"{{{{Requests.Function("second")}}}}","End":true}}}
            """);
        broken = false;
        bool redriven = await Fixture.Host.SignalAsync(Requests.Arn("redrive"), time => new Redrive(time), Cancelled);
        ExecutionRecord ended = await EndAsync("redrive");

        Assert.Equal(ExecutionStatus.Failed, failed.Status);
        Assert.True(redriven);
        Assert.Equal((ExecutionStatus.Succeeded, "2", 1), (ended.Status, ended.Output?.ToString(), ended.RedriveCount));
        Assert.Equal((1, 2), (Fixture.Tasks.CallsTo("first"), Fixture.Tasks.CallsTo("second")));
        Assert.Contains((await HistoryAsync("redrive")).Select(e => e.Type), t => t == HistoryEventType.ExecutionRedriven);
    }

    [Fact]
    public async Task Restart_DuringATask_GoesOnAndRepeatsNothingThatEnded()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        Fixture.Tasks.Returns("first", 1).On("second", async (_, cancelled) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                gate.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
            }

            return new TaskCompleted(2);
        });
        await StartAsync("restart", $$$$"""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{{{Requests.Function("first")}}}}","Next":"B"},
            "B":{"Type":"Task","Resource":"{{{{Requests.Function("second")}}}}","End":true}}}
            """);
        await gate.Task.WaitAsync(Cancelled);
        await Fixture.RestartAsync();
        ExecutionRecord ended = await EndAsync("restart");

        Assert.Equal("2", ended.Output?.ToString());
        Assert.Equal(1, Fixture.Tasks.CallsTo("first"));
        Assert.Single(Fixture.Tasks.Calls.Where(c => c.StateName == "B").Select(c => c.IdempotencyKey).Distinct());
        await AssertHistoryAsync("restart", """
            ExecutionStarted TaskStateEntered LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionSucceeded TaskStateExited
            TaskStateEntered LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionSucceeded TaskStateExited ExecutionSucceeded
            """);
    }

    [Fact]
    public async Task LongLoop_OfTasks_KeepsOneGaplessHistory()
    {
        Fixture.Tasks.On("count", call => new TaskCompleted(call.Arguments));
        ExecutionRecord ended = await RunAsync("long", $$$$"""
            {"StartAt":"T","States":{
            "T":{"Type":"Task","Resource":"{{{{Requests.Function("count")}}}}","Next":"N"},
            "N":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,1)"},"Next":"C"},
            "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":230,"Next":"T"}],"Default":"E"},
            "E":{"Type":"Succeed"}}}
            """, JsonObject.Create(("n", 0)));

        Assert.Equal("""{"n":230}""", ended.Output?.ToString());
        Assert.Equal(230, Fixture.Tasks.CallsTo("count"));
        await AssertGaplessAsync("long", 1 + (230 * 9) + 3);
    }

    [Fact]
    public async Task List_OfAMachine_IsNewestFirstAndPages()
    {
        for (int i = 0; i < 5; i++)
        {
            await RunAsync($"list{i}", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
            Fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var names = new List<string>();
        string? after = null;
        do
        {
            Page<ExecutionRecord> page = await Fixture.Host.ListAsync(
                new() { StateMachineArn = Requests.Of(Fixture, "x", "{}").Start.StateMachineArn, Count = 2, After = after }, Cancelled);
            Assert.InRange(page.Items.Count, 0, 2);
            names.AddRange(page.Items.Select(e => e.Start.Name));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["list4", "list3", "list2", "list1", "list0"], names);
    }

    [Fact]
    public async Task History_ReadInPages_IsTheSameForwardsAndBackwards()
    {
        await RunAsync("pages", """{"StartAt":"P","States":{"P":{"Type":"Pass","Next":"Q"},"Q":{"Type":"Pass","End":true}}}""");
        IReadOnlyList<HistoryEvent> start = await Fixture.Host.HistoryAsync(Requests.Arn("pages"), null, 4, false, Cancelled);
        IReadOnlyList<HistoryEvent> rest = await Fixture.Host.HistoryAsync(Requests.Arn("pages"), 4, 4, false, Cancelled);
        IReadOnlyList<HistoryEvent> back = await Fixture.Host.HistoryAsync(Requests.Arn("pages"), null, 100, true, Cancelled);

        Assert.Equal([1, 2, 3, 4], start.Select(e => e.Id));
        Assert.Equal([5, 6], rest.Select(e => e.Id));
        Assert.Equal([6, 5, 4, 3, 2, 1], back.Select(e => e.Id));
    }

    protected abstract HostFixture CreateFixture();

    private Task<StartOutcome> StartAsync(string name, string definition, JsonValue? input = null) =>
        Fixture.Host.StartAsync(Requests.Of(Fixture, name, definition, input), Cancelled);

    private async Task<ExecutionRecord> RunAsync(string name, string definition, JsonValue? input = null)
    {
        await StartAsync(name, definition, input);
        return await EndAsync(name);
    }

    /// <summary>Waits for an execution's end; the clock jumps from timer to timer meanwhile.</summary>
    private async Task<ExecutionRecord> EndAsync(string name)
    {
        Task<ExecutionRecord?> end = Fixture.Host.WaitAsync(Requests.Arn(name), Cancelled);
        await UntilAsync(() => Task.FromResult(end.IsCompleted), movesClock: true);
        return await end ?? throw new InvalidOperationException($"There is no execution {name}.");
    }

    /// <summary>Looks again and again, giving way to the host in between.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition, bool movesClock)
    {
        for (int look = 0; !await condition(); look++)
        {
            Assert.True(look < LookLimit, "It does not come.");
            await Task.Delay(LookInterval, Cancelled);
            if (movesClock)
            {
                Fixture.Clock.AdvanceToNext();
            }
        }
    }

    private async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string name) =>
        await Fixture.Host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, false, Cancelled);

    /// <summary>Timers never fire early; hosts may keep due times to the millisecond.</summary>
    private static void AssertLasted(TimeSpan expected, ExecutionRecord ended) =>
        Assert.InRange((ended.StopTime - ended.Start.StartTime)!.Value, expected, expected + TimeSpan.FromMilliseconds(10));

    private async Task AssertHistoryAsync(string name, string types) => Assert.Equal(
        types.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        (await HistoryAsync(name)).Select(e => e.Type.ToString()));

    private async Task AssertGaplessAsync(string name, int count) =>
        Assert.Equal(Enumerable.Range(1, count), (await HistoryAsync(name)).Select(e => (int)e.Id));

    private string TaskId()
    {
        string key = Fixture.Tasks.Calls.Last().IdempotencyKey;
        return key[(key.LastIndexOf('/') + 1)..];
    }
}
