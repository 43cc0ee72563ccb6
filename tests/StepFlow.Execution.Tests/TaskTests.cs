using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Interpretation;
using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Tasks: their events, results, timeouts, heartbeats, retries and catchers.</summary>
public sealed class TaskTests
{
    private const string Lambda = "arn:aws:lambda:us-east-1:111111111111:function:f";
    private const string Invoke = "arn:aws:states:::lambda:invoke";
    private const string Callback = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    private const string Activity = "arn:aws:states:us-east-1:111111111111:activity:a";
    private const string Caught = "'C':{'Type':'Pass','End':true}";

    private static TestRun Run(string resource, string fields = "", string others = "", string input = "{}", Limits? limits = null) => TestRun.StartStates(
        "T", $"'T':{{'Type':'Task','Resource':'{resource}',{(fields.Length > 0 ? fields + "," : string.Empty)}'End':true}}{(others.Length > 0 ? "," + others : string.Empty)}", input, limits);

    [Theory]
    [InlineData(Lambda, "0>1 ExecutionStarted\n0>2 TaskStateEntered T\n2>3 LambdaFunctionScheduled\n3>4 LambdaFunctionStarted\n4>5 LambdaFunctionSucceeded\n5>6 TaskStateExited T\n6>7 ExecutionSucceeded")]
    [InlineData(Invoke, "0>1 ExecutionStarted\n0>2 TaskStateEntered T\n2>3 TaskScheduled\n3>4 TaskStarted\n4>5 TaskSucceeded\n5>6 TaskStateExited T\n6>7 ExecutionSucceeded")]
    [InlineData(Activity, "0>1 ExecutionStarted\n0>2 TaskStateEntered T\n2>3 ActivityScheduled\n3>4 ActivityStarted\n4>5 ActivitySucceeded\n5>6 TaskStateExited T\n6>7 ExecutionSucceeded")]
    public void Advance_TaskSucceeded_EventsFollowTheResource(string resource, string history)
    {
        TestRun run = Run(resource);
        if (resource == Activity)
        {
            run.Send(new TaskStarted(run.Now, run.Task().Id, "worker"));
        }

        run.Reload().Succeed("{'r':1}");

        Assert.Equal(history, run.History);
        Assert.Equal("""{"r":1}""", run.Output);
    }

    /// <summary>The service checks the form of some arguments before it schedules the task.</summary>
    [Theory]
    [InlineData("'Parameters':{'ApiEndpoint':'e','Method':'GET','Headers':{'h':'one'}}", "Headers", false)]
    [InlineData("'Parameters':{'ApiEndpoint':'e','Method':'GET','Headers':{'h':[1]}}", "Headers", false)]
    [InlineData("'Parameters':{'ApiEndpoint':'e','Method':'GET','QueryParameters':'?a=b'}", "QueryParameters", false)]
    [InlineData("'QueryLanguage':'JSONata','Arguments':{'ApiEndpoint':'e','Method':'GET','Headers':['one']}", "Headers", true)]
    public void Start_ArgumentOfAnotherForm_IsNotScheduled(string fields, string field, bool isJsonata)
    {
        TestRun run = Run("arn:aws:states:::apigateway:invoke", fields);

        Assert.Equal("0>1 ExecutionStarted\n0>2 TaskStateEntered T\n2>3 ExecutionFailed", run.History);
        FailureDetails failure = Assert.IsType<FailureDetails>(run.Events[^1].Details);
        Assert.Equal(ErrorNames.Runtime, failure.Error);
        Assert.StartsWith($"An error occurred while executing the state 'T' (entered at the event id #2). The {(isJsonata ? "Arguments" : "Parameters")} '{{\"ApiEndpoint\"", failure.Cause, StringComparison.Ordinal);
        Assert.EndsWith($"could not be used to start the Task: [The value of the field '{field}' has an invalid format]", failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_ArgumentsOfTheirForm_AreScheduled() =>
        Assert.Contains("TaskScheduled", Run("arn:aws:states:::apigateway:invoke", "'Parameters':{'ApiEndpoint':'e','Method':'GET','Headers':{'h':['one']},'QueryParameters':null}").History, StringComparison.Ordinal);

    [Theory]
    [InlineData(Lambda, TaskFailureStage.Run, HistoryEventType.LambdaFunctionFailed)]
    [InlineData(Lambda, TaskFailureStage.Schedule, HistoryEventType.LambdaFunctionScheduleFailed)]
    [InlineData(Lambda, TaskFailureStage.Start, HistoryEventType.LambdaFunctionStartFailed)]
    [InlineData(Activity, TaskFailureStage.Run, HistoryEventType.ActivityFailed)]
    [InlineData(Activity, TaskFailureStage.Schedule, HistoryEventType.ActivityScheduleFailed)]
    [InlineData(Invoke, TaskFailureStage.Run, HistoryEventType.TaskFailed)]
    [InlineData(Invoke, TaskFailureStage.Start, HistoryEventType.TaskStartFailed)]
    [InlineData(Callback, TaskFailureStage.Submit, HistoryEventType.TaskSubmitFailed)]
    public void Advance_TaskFailed_ErrorAndCausePassUnchanged(string resource, TaskFailureStage stage, HistoryEventType type)
    {
        TestRun run = Run(resource);
        run.Fail("Boom", "because", stage: stage);

        Assert.Equal(type, run.Events[^2].Type);
        Assert.Equal(new FailureDetails("Boom", "because"), run.Events[^1].Details);
        Assert.Equal(run.Events[^2].Id, run.Events[^1].PreviousEventId);
        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
    }

    [Fact]
    public void Start_Task_GivesWhatTheHostNeeds()
    {
        TestRun run = Run(
            Callback,
            "'Parameters':{'t.$':'$$.Task.Token','n.$':'$.n'},'TimeoutSeconds':60,'HeartbeatSecondsPath':'$.h','Credentials':{'RoleArn.$':'$.role'}",
            input: "{'n':1,'h':5,'role':'arn:role'}");

        RunTask task = run.Task();
        Assert.Equal(("T", 60d, 5d, 0), (task.StateName, task.TimeoutSeconds!.Value, task.HeartbeatSeconds!.Value, task.RetryCount));
        Assert.Equal(JsonObject.Create(("t", task.TaskToken!), ("n", 1)), task.Arguments);
        var scheduled = Assert.IsType<TaskScheduledDetails>(run.Events[2].Details);
        Assert.Equal(("sqs", "sendMessage.waitForTaskToken", "us-east-1"), (scheduled.ResourceType, scheduled.Resource, scheduled.Region));
        Assert.Equal((60, 5, "arn:role"), (scheduled.TimeoutInSeconds, scheduled.HeartbeatInSeconds, scheduled.CredentialsRoleArn));

        TaskToken token = TaskToken.TryParse(task.TaskToken!)!;
        Assert.Equal((run.Execution.StartedWith.ExecutionArn, task.Id), (token.ExecutionArn, token.TaskId));
        Assert.True(token.IsGenuine("secret"));
        Assert.False(token.IsGenuine("another"));
        Assert.True(task.TaskToken!.Length <= TaskToken.MaxLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a token")]
    [InlineData("====")]
    public void TryParse_NoToken_Null(string text) => Assert.Null(TaskToken.TryParse(text));

    [Fact]
    public void Advance_Callback_SubmittedThenCompleted()
    {
        TestRun run = Run(Callback);
        run.Send(new TaskSubmitted(run.Now, run.Task().Id, JsonValue.Parse("{\"id\":1}")));
        run.Reload();
        run.Succeed("'done'");

        Assert.EndsWith("4>5 TaskSubmitted\n5>6 TaskSucceeded\n6>7 TaskStateExited T\n7>8 ExecutionSucceeded", run.History, StringComparison.Ordinal);
        Assert.Equal("\"done\"", run.Output);
    }

    [Theory]
    [InlineData(Lambda, HistoryEventType.LambdaFunctionTimedOut)]
    [InlineData(Invoke, HistoryEventType.TaskTimedOut)]
    public void Advance_TimeIsUp_TimesOutWithoutCause(string resource, HistoryEventType type)
    {
        TestRun run = Run(resource, "'TimeoutSeconds':5");
        string task = run.Task().Id;
        run.Reload();
        Turn turn = run.Fire();

        Assert.Equal(type, turn.Events[0].Type);
        Assert.Equal(new FailureDetails(ErrorNames.Timeout, null), run.Events[^1].Details);
        Assert.Contains(new CancelTask(task), turn.Commands);
        Assert.Equal(TestRun.Begin.AddSeconds(5), run.Now);
    }

    /// <summary>The default of TimeoutSeconds, 99,999,999 s, is in effect no bound: no timer is started for it.</summary>
    [Fact]
    public void Start_WithoutTimeout_NothingBoundsTheTask()
    {
        TestRun run = Run(Invoke);

        Assert.Empty(run.Timers);
        Assert.Null(run.Task().TimeoutSeconds);
    }

    [Fact]
    public void Advance_ActivityNotTaken_DoesNotAdvanceTheClock()
    {
        TestRun run = Run(Activity, "'TimeoutSeconds':5,'HeartbeatSeconds':2");
        Assert.Empty(run.Timers);

        run.Now = TestRun.Begin.AddHours(1);
        run.Send(new TaskStarted(run.Now, run.Task().Id, null));
        Assert.Equal(2, run.Timers.Count());
        run.Fire();

        Assert.Equal(HistoryEventType.ActivityTimedOut, run.Events[^2].Type);
        Assert.Equal(TestRun.Begin.AddHours(1).AddSeconds(2), run.Now);
    }

    [Theory]
    [InlineData("States.HeartbeatTimeout")]
    [InlineData("States.Timeout")]
    public void Advance_HeartbeatMissed_IsCaughtByBothNames(string name)
    {
        TestRun run = Run(Callback, $"'HeartbeatSeconds':10,'Catch':[{{'ErrorEquals':['{name}'],'Next':'C'}}]", Caught);
        run.Send(new TaskHeartbeat(TestRun.Begin.AddSeconds(8), run.Task().Id));
        run.Fire();
        Assert.Equal(ExecutionStatus.Running, run.Execution.Status);
        run.Reload();
        run.Fire();

        Assert.Equal(TestRun.Begin.AddSeconds(18), run.Now);
        Assert.Equal("""{"Error":"States.Timeout","Cause":""}""", run.Output);
    }

    [Fact]
    public void Advance_LateOutcome_ChangesNothing()
    {
        TestRun run = Run(Invoke, "'TimeoutSeconds':5");
        string task = run.Task().Id;
        run.Fire();

        Turn turn = run.Send(new TaskSucceeded(run.Now, task, JsonValue.Null));

        Assert.Empty(turn.Events);
        Assert.Empty(turn.Commands);
        Assert.False(run.Execution.IsWaitingFor(task));
    }

    [Fact]
    public void Advance_Retry_BacksOffWithCapAndCountsEachRetrier()
    {
        // The spec's own example: errors A, B, C, B fail on the fourth.
        TestRun run = Run(Invoke, """
            'Parameters':{'n.$':'$$.State.RetryCount'},
            'Retry':[{'ErrorEquals':['A','C'],'IntervalSeconds':1,'BackoffRate':3,'MaxAttempts':2},
                     {'ErrorEquals':['B'],'IntervalSeconds':5,'MaxAttempts':1,'MaxDelaySeconds':4}]
            """);
        double Pause()
        {
            DateTimeOffset before = run.Now;
            run.Reload();
            run.Fire();
            return (run.Now - before).TotalSeconds;
        }

        run.Fail("A");
        Assert.Equal(StateWait.Retry, Assert.Single(run.Execution.InFlight).Waiting);
        Assert.Equal(1, Pause());
        run.Fail("B");
        Assert.Equal(4, Pause());
        run.Fail("C");
        Assert.Equal(3, Pause());
        Assert.Equal("""{"n":3}""", run.Task().Arguments.ToString());
        Assert.Equal(3, run.Task().RetryCount);
        run.Fail("B", "last");

        Assert.Equal("last", run.Execution.Error?.Cause);
        Assert.Equal(["task-1", "task-3", "task-5", "task-7"], run.Commands.OfType<RunTask>().Select(task => task.Id));
        Assert.StartsWith("0>1 ExecutionStarted\n0>2 TaskStateEntered T\n2>3 TaskScheduled\n3>4 TaskStarted\n4>5 TaskFailed\n5>6 TaskScheduled", run.History, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_RetryWithJitter_DrawsBelowTheDelay()
    {
        TestRun run = Run(Invoke, "'Retry':[{'ErrorEquals':['States.ALL'],'IntervalSeconds':100,'JitterStrategy':'FULL'}]");
        run.Fail("A");

        Assert.InRange((run.Timers.Single().Due - TestRun.Begin).TotalSeconds, 0, 100);
        Assert.NotEqual(100, (run.Timers.Single().Due - TestRun.Begin).TotalSeconds);
    }

    [Theory]
    [InlineData("Any", "States.ALL", true)]
    [InlineData("Any", "States.TaskFailed", true)]
    [InlineData("Any", "Other", false)]
    [InlineData("States.Timeout", "States.TaskFailed", false)]
    [InlineData("States.Runtime", "States.ALL", false)]
    [InlineData("States.Runtime", "States.Runtime", false)]
    public void Advance_Failure_IsCaughtByName(string error, string name, bool isCaught)
    {
        TestRun run = Run(Invoke, $"'Catch':[{{'ErrorEquals':['{name}'],'Next':'C','ResultPath':'$.e','Assign':{{'v':1}}}}]", Caught, "{'a':1}");
        run.Fail(error, "why");

        Assert.Equal(isCaught ? ExecutionStatus.Succeeded : ExecutionStatus.Failed, run.Execution.Status);
        if (isCaught)
        {
            Assert.Equal($$$"""{"a":1,"e":{"Error":"{{{error}}}","Cause":"why"}}""", run.Output);
            Assert.Equal("""{"v":1}""", Assert.IsType<StateExitedDetails>(run.Events[5].Details).AssignedVariables?.ToString());
        }
    }

    [Fact]
    public void Advance_WrongPath_CauseNamesTheStateOnce()
    {
        TestRun run = Run(Invoke, "'OutputPath':'$.no.such'", input: "{}");
        run.Succeed("{}");

        Assert.Equal(ErrorNames.Runtime, run.Execution.Error?.Name);
        Assert.StartsWith("An error occurred while executing the state 'T' (entered at the event id #2). ", run.Execution.Error?.Cause, StringComparison.Ordinal);
        Assert.EndsWith("4>5 TaskSucceeded\n5>6 ExecutionFailed", run.History, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Lambda, Lambda)]
    [InlineData(Invoke, "lambda")]
    public void Advance_ResultOverTheQuota_FailsAsTheTask(string resource, string subject)
    {
        TestRun run = Run(resource, "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'C'}]", Caught, limits: Limits.Aws);
        run.Succeed("'" + new string('a', 256 * 1024) + "'");

        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
        Assert.Contains(Causes.TooLarge(subject), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_OutputOverTheQuota_Fails()
    {
        string text = new('a', 150 * 1024);
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','ResultPath':'$.b','Result':'" + text + "','End':true}", "{'a':'" + text + "'}", Limits.Aws);

        Assert.Equal(ErrorNames.DataLimitExceeded, run.Execution.Error?.Name);
        Assert.Equal(Causes.TooLarge("A"), run.Execution.Error?.Cause);
    }

    [Fact]
    public void Start_HistoryOverTheQuota_FailsWithTheLastEvent()
    {
        TestRun run = TestRun.StartStates(
            "A", "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$.end','IsPresent':true,'Next':'C'}],'Default':'A'}," + Caught, limits: Limits.Aws);
        run.Send(new TimerFired(run.Now, run.Timers.OrderBy(timer => timer.Due).First().Id));

        Assert.Equal(25_000, run.Events.Count);
        Assert.Equal(new FailureDetails(ErrorNames.Runtime, Causes.HistoryFull(25_000)), run.Events[^1].Details);
        Assert.Empty(run.Execution.Outstanding);
    }

    [Theory]
    [InlineData(null, null, "{\"Error\":null,\"Cause\":null}")]
    [InlineData(null, "c", "{\"Error\":null,\"Cause\":\"c\"}")]
    [InlineData("E", null, "{\"Error\":\"E\",\"Cause\":\"\"}")]
    public void Failure_WithoutErrorOrCause_IsCaughtAsRecorded(string? error, string? cause, string output)
    {
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke.waitForTaskToken','Catch':[{'ErrorEquals':['States.ALL'],'Next':'B'}],'End':true},'B':{'Type':'Pass','End':true}");

        run.Send(new TaskFailed(run.Now, Assert.Single(run.Tasks).Id, error, cause));

        Assert.Equal(output, run.Output);
    }
}
