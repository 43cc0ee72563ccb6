using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Parallel and Map with branches in flight.</summary>
public sealed class GroupTests
{
    private const string Task = "'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','TimeoutSeconds':5,'End':true}";
    private const string Caught = "'C':{'Type':'Pass','End':true}";

    private static string Map(string fields = "'End':true", string states = Task, string start = "T") =>
        $"'M':{{'Type':'Map','ItemProcessor':{{'StartAt':'{start}','States':{{{states}}}}},{fields}}}";

    private static string Parallel(string fields = "'End':true") => """
        'P':{'Type':'Parallel','Branches':[
          {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}},
          {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':100,'End':true}}},
          {'StartAt':'I','States':{'I':{'Type':'Map','ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}},'End':true}}}],
        """ + fields + "}";

    [Fact]
    public void Advance_IterationsTimeOutTogether_HistoryAsRecorded()
    {
        TestRun run = TestRun.StartStates("M", Map(), "[0,1]");
        run.Reload();
        Turn turn = run.Fire();

        Assert.Equal("""
            0>1 ExecutionStarted
            0>2 MapStateEntered M
            2>3 MapStateStarted
            3>4 MapIterationStarted 0
            3>5 MapIterationStarted 1
            4>6 TaskStateEntered T
            6>7 TaskScheduled
            5>8 TaskStateEntered T
            8>9 TaskScheduled
            7>10 TaskStarted
            9>11 TaskStarted
            10>12 TaskTimedOut
            11>13 TaskTimedOut
            12>14 MapIterationFailed 0
            12>15 TaskStateAborted
            12>16 MapIterationAborted 1
            12>17 TaskStateAborted
            12>18 MapStateFailed
            18>19 ExecutionFailed
            """.ReplaceLineEndings("\n"), run.History);
        Assert.Equal(2, turn.Commands.OfType<CancelTask>().Count());
        Assert.Empty(run.Execution.Outstanding);
    }

    [Fact]
    public void Advance_Concurrency_StartsTheNextAfterTheOneThatEnded()
    {
        TestRun run = TestRun.StartStates("M", Map("'MaxConcurrency':2,'End':true"), "['a','b','c']");
        Assert.Equal(["\"a\"", "\"b\""], run.Tasks.Select(task => task.Arguments.ToString()));

        RunTask second = run.Tasks.Last();
        run.Reload();
        run.Send(new TaskSucceeded(run.Now, second.Id, "B"));
        Assert.Equal(["\"a\"", "\"c\""], run.Tasks.Select(task => task.Arguments.ToString()));
        StateInFlight map = run.Execution.InFlight[0];
        Assert.Equal((3, 1), (map.Total, map.Succeeded));
        Assert.Equal(["M", "M[0]/T", "M[2]/T"], run.Execution.InFlight.Select(state => state.Path));

        run.Succeed("'A'");
        run.Reload();
        run.Succeed("'C'");
        Assert.Equal("""["A","B","C"]""", run.Output);
    }

    [Fact]
    public void Start_AwsLimits_FortyIterationsAtATime()
    {
        string items = "[" + string.Join(',', Enumerable.Range(0, 50)) + "]";

        Assert.Equal(40, TestRun.StartStates("M", Map(), items, Limits.Aws).Tasks.Count());
        Assert.Equal(50, TestRun.StartStates("M", Map(), items).Tasks.Count());
    }

    [Theory]
    [InlineData("Boom")]
    [InlineData("States.BranchFailed")]
    [InlineData("States.ALL")]
    public void Advance_BranchFails_SiblingsAreCutOff(string caught)
    {
        TestRun run = TestRun.StartStates("P", Parallel($"'Catch':[{{'ErrorEquals':['{caught}'],'Next':'C'}}],'Next':'C'") + "," + Caught, "[1]");
        run.Reload();
        Turn turn = run.Fail("Boom", "why", "A");

        HistoryEvent failed = turn.Events[0];
        Assert.Equal(
            [
                HistoryEventType.TaskFailed, HistoryEventType.TaskStateAborted, HistoryEventType.WaitStateAborted,
                HistoryEventType.MapIterationAborted, HistoryEventType.TaskStateAborted, HistoryEventType.MapStateAborted,
                HistoryEventType.ParallelStateFailed, HistoryEventType.ParallelStateExited,
            ],
            turn.Events.Take(8).Select(one => one.Type));
        Assert.All(turn.Events.Skip(1).Take(6), one => Assert.Equal(failed.Id, one.PreviousEventId));
        Assert.Equal(turn.Events[6].Id, turn.Events[7].PreviousEventId);
        Assert.Equal("""{"Error":"Boom","Cause":"why"}""", run.Output);
        Assert.Empty(run.Execution.Outstanding);
    }

    [Fact]
    public void Advance_IterationFails_WaitingIterationsNeverStart()
    {
        TestRun run = TestRun.StartStates("M", Map("'MaxConcurrency':2,'End':true"), "[0,1,2,3]");
        run.Fail("Boom");

        Assert.Equal(2, run.Events.Count(one => one.Type == HistoryEventType.MapIterationStarted));
        Assert.Equal(1, run.Events.Count(one => one.Type == HistoryEventType.MapIterationAborted));
        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
    }

    [Fact]
    public void Advance_ParallelRetry_StartsAllBranchesAgain()
    {
        TestRun run = TestRun.StartStates("P", Parallel("'Retry':[{'ErrorEquals':['States.ALL'],'MaxAttempts':1}],'End':true"), "[1]");
        run.Fail("Boom", state: "A");
        HistoryEvent failed = run.Events.Single(one => one.Type == HistoryEventType.TaskFailed);
        run.Reload();
        run.Fire();

        HistoryEvent started = run.Events.Last(one => one.Type == HistoryEventType.ParallelStateStarted);
        Assert.Equal(failed.Id, started.PreviousEventId);
        Assert.DoesNotContain(run.Events, one => one.Type == HistoryEventType.ParallelStateFailed);
        Assert.Equal(2, run.Tasks.Count());
        run.Reload();
        run.Succeed("1", "A");
        run.Succeed("2", "B");
        run.Fire();
        Assert.Equal("[1,[1],[2]]", run.Output);
    }

    [Fact]
    public void Advance_Stop_CutsOffWhatIsInFlight()
    {
        TestRun run = TestRun.StartStates("P", Parallel(), "[1]");
        Turn turn = run.Send(new Stop(run.Now, "Enough", "of this"));

        Assert.Equal(ExecutionStatus.Aborted, run.Execution.Status);
        Assert.Equal(
            [
                HistoryEventType.TaskStateAborted, HistoryEventType.WaitStateAborted, HistoryEventType.MapIterationAborted,
                HistoryEventType.TaskStateAborted, HistoryEventType.MapStateAborted, HistoryEventType.ParallelStateAborted,
                HistoryEventType.ExecutionAborted,
            ],
            turn.Events.Select(one => one.Type));
        Assert.Equal(0, turn.Events[^1].PreviousEventId);
        Assert.Equal(3, turn.Commands.Count);
        Assert.Equal("Enough", run.Execution.Error?.Name);
    }

    [Fact]
    public void Advance_StopOfAWait_OnlyTheExecutionIsReported()
    {
        TestRun run = TestRun.StartStates("W", "'W':{'Type':'Wait','Seconds':5,'End':true}");
        run.Send(new Stop(run.Now, null, null));

        Assert.Equal("0>1 ExecutionStarted\n0>2 WaitStateEntered W\n0>3 ExecutionAborted", run.History);
        Assert.Null(run.Execution.Error);
    }

    [Fact]
    public void Advance_MachineTimeout_EndsTheExecution()
    {
        TestRun run = TestRun.Start("{'StartAt':'W','TimeoutSeconds':5,'States':{'W':{'Type':'Wait','Seconds':60,'End':true}}}");
        run.Reload();
        Turn turn = run.Fire();

        Assert.Equal(ExecutionStatus.TimedOut, run.Execution.Status);
        Assert.Equal("0>3 ExecutionTimedOut", TestRun.Describe(turn.Events));
        Assert.Null(run.Execution.Error);
        Assert.Single(turn.Commands.OfType<CancelTimer>());
    }

    [Fact]
    public void Advance_Redrive_RunsOnlyWhatFailed()
    {
        TestRun run = TestRun.StartStates("M", Map("'MaxConcurrency':2,'End':true"), "['a','b','c']");
        run.Succeed("'A'");
        run.Fail("Boom");
        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
        run.Reload();
        run.Now = run.Now.AddHours(1);

        Turn turn = run.Send(new Redrive(run.Now));

        Assert.Equal(ExecutionStatus.Running, run.Execution.Status);
        Assert.Equal(HistoryEventType.ExecutionRedriven, turn.Events[0].Type);
        Assert.Equal(["\"b\"", "\"c\""], run.Tasks.Select(task => task.Arguments.ToString()));
        Assert.Equal((1, run.Now), (run.Execution.RedriveCount, run.Execution.RedriveTime));
        run.Reload();
        run.Succeed("'B'");
        run.Succeed("'C'");
        Assert.Equal("""["A","B","C"]""", run.Output);
    }

    [Fact]
    public void Advance_RedriveAfterStop_BranchesThatEndedStay()
    {
        TestRun run = TestRun.StartStates("P", Parallel(), "[1]");
        run.Succeed("'a'", "A");
        run.Send(new Stop(run.Now, null, null));
        run.Reload();
        run.Send(new Redrive(run.Now));

        Assert.Equal("B", Assert.Single(run.Tasks).StateName);
        run.Succeed("'b'");
        run.Fire();
        Assert.Equal("""["a",[1],["b"]]""", run.Output);
    }

    [Fact]
    public void Advance_RedriveOfASucceeded_ChangesNothing()
    {
        TestRun run = TestRun.StartStates("C", Caught);

        Assert.Empty(run.Send(new Redrive(run.Now)).Events);
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
    }

    [Fact]
    public void Advance_DistributedMap_IsOneCommand()
    {
        const string Distributed = "'M':{'Type':'Map','Label':'L','MaxConcurrency':7,'ToleratedFailureCount':1,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'T','States':{" + Task + "}},'ItemSelector':{'v.$':'$$.Map.Item.Value'},'End':true}";
        TestRun run = TestRun.StartStates("M", Distributed, "[1,2]");
        StartMapRun command = Assert.IsType<StartMapRun>(Assert.Single(run.Execution.Outstanding));
        Assert.Equal("[1,2]", command.Items?.ToString());
        Assert.Equal((7, 1d), (command.MaxConcurrency, command.ToleratedFailureCount));

        run.Send(new MapRunStarted(run.Now, command.Id, "arn:run"));
        run.Reload();
        Assert.Equal("arn:run", run.Execution.InFlight[0].MapRunArn);
        run.Send(new MapRunFailed(run.Now, command.Id, ErrorNames.ExceedToleratedFailureThreshold, "too many"));
        Assert.EndsWith("3>4 MapRunStarted\n4>5 MapRunFailed\n5>6 MapStateFailed\n6>7 ExecutionFailed", run.History, StringComparison.Ordinal);

        run.Reload();
        run.Send(new Redrive(run.Now));
        StartMapRun redrive = Assert.IsType<StartMapRun>(Assert.Single(run.Execution.Outstanding));
        Assert.Equal("arn:run", redrive.RedrivenMapRunArn);
        run.Reload();
        run.Send(new MapRunSucceeded(run.Now, redrive.Id, JsonValue.Parse("[3,4]")));

        Assert.Equal("[3,4]", run.Output);
        Assert.EndsWith("8>9 MapRunRedriven\n9>10 MapRunSucceeded\n10>11 MapStateSucceeded\n9>12 MapStateExited M\n12>13 ExecutionSucceeded", run.History, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_DistributedMapRedrivenTwice_CountsTheRedrivesOfItsRun()
    {
        const string Distributed = "'M':{'Type':'Map','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'T','States':{" + Task + "}},'End':true}";
        TestRun run = TestRun.StartStates("M", Distributed, "[1]");
        run.Send(new MapRunStarted(run.Now, run.Execution.Outstanding.Single().Id, "arn:run"));
        for (int redrive = 0; redrive < 2; redrive++)
        {
            run.Send(new MapRunFailed(run.Now, run.Execution.Outstanding.Single().Id, ErrorNames.ExceedToleratedFailureThreshold, "too many"));
            run.Reload();
            run.Send(new Redrive(run.Now));
        }

        Assert.Equal([1, 2], run.Events.Select(one => one.Details).OfType<MapRunRedrivenDetails>().Select(details => details.RedriveCount));
    }

    [Theory]
    [InlineData("M", "'M':{'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'OutputPath':'$.no','End':true}", "MapStateSucceeded")]
    [InlineData("P", "'P':{'Type':'Parallel','Branches':[{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}}],'OutputPath':'$.no','End':true}", "ParallelStateSucceeded")]
    public void Start_ResultCannotLeave_TheStateFailsAfterItsBranchesSucceeded(string name, string states, string succeeded)
    {
        TestRun run = TestRun.StartStates(name, states, "[1]");

        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
        Assert.Equal([succeeded, "ExecutionFailed"], run.Events.TakeLast(2).Select(one => one.Type.ToString()));
        run.Reload();
        run.Send(new Redrive(run.Now));
        Assert.Equal(2, run.Events.Count(one => one.Type.ToString() == succeeded));
    }

    [Fact]
    public void Advance_NestedMapFails_EachLevelIsReported()
    {
        string inner = Map("'End':true").Replace("'M':", "'N':", StringComparison.Ordinal);
        TestRun run = TestRun.StartStates("M", Map("'End':true", inner, "N"), "[[1],[2]]");
        run.Fail("Boom");

        Assert.Equal(
            [
                "TaskFailed", "MapIterationFailed", "TaskStateAborted", "MapStateFailed", "MapIterationFailed", "MapIterationAborted",
                "MapIterationAborted", "TaskStateAborted", "MapStateAborted", "MapStateFailed", "ExecutionFailed",
            ],
            run.Events.SkipWhile(one => one.Type != HistoryEventType.TaskFailed).Select(one => one.Type.ToString()));
        Assert.Empty(run.Execution.Outstanding);
    }

    [Fact]
    public void Start_ItemSelectorFails_TheMapFails()
    {
        TestRun run = TestRun.StartStates("M", Map("'ItemSelector':{'x.$':'$.no'},'End':true"), "[1]");

        Assert.Equal(ErrorNames.Runtime, run.Execution.Error?.Name);
        Assert.StartsWith("An error occurred while executing the state 'M' (entered at the event id #2). ", run.Execution.Error?.Cause, StringComparison.Ordinal);
    }
}
