using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>The state that an execution reports: the states that it is in, which signals it would take, and how its host ends it.</summary>
public sealed class InFlightTests
{
    private const string Task = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke'";

    [Fact]
    public void InFlight_BranchesOfEveryKind_ShowsWhatEachWaitsFor()
    {
        TestRun run = TestRun.StartStates("P", """
            'P':{'Type':'Parallel','End':true,'Branches':[
              {'StartAt':'T','States':{'T':{#,'End':true}}},
              {'StartAt':'R','States':{'R':{#,'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':7}],'End':true}}},
              {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':9,'End':true}}},
              {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemProcessor':{'StartAt':'I','States':{'I':{#,'End':true}}}}}},
              {'StartAt':'D','States':{'D':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'J','States':{'J':{#,'End':true}}}}}},
              {'StartAt':'E','States':{'E':{'Type':'Pass','End':true}}}]}
            """.Replace("#", Task, StringComparison.Ordinal), "[1,2]");
        run.Fail("A", state: "R");
        run.Succeed(state: "I");
        StartMapRun started = run.Execution.Outstanding.OfType<StartMapRun>().Single();
        run.Send(new MapRunStarted(run.Now, started.Id, "arn:run"));
        run.Reload();

        Assert.Equal(
            [
                ("P", "Parallel", StateWait.Branches, null, 0),
                ("P[0]/T", "Task", StateWait.Task, null, 0),
                ("P[1]/R", "Task", StateWait.Retry, 7d, 1),
                ("P[2]/W", "Wait", StateWait.Time, 9d, 0),
                ("P[3]/M", "Map", StateWait.Branches, null, 0),
                ("P[3]/M[1]/I", "Task", StateWait.Task, null, 0),
                ("P[4]/D", "Map", StateWait.MapRun, null, 0),
            ],
            run.Execution.InFlight.Select(state => (state.Path, state.Type, state.Waiting, (state.Due - TestRun.Begin)?.TotalSeconds, state.RetryCount)));
        IReadOnlyList<StateInFlight> states = run.Execution.InFlight;
        Assert.Equal((6, 1), (states[0].Total, states[0].Succeeded));
        Assert.Equal((2, 1), (states[4].Total, states[4].Succeeded));
        Assert.Equal((null, null), (states[1].Total, states[1].Succeeded));
        Assert.Equal(("arn:run", null), (states[6].MapRunArn, states[1].MapRunArn));
        Assert.Equal(run.Task("T").Id, states[1].TaskId);
        Assert.Null(states[3].TaskId);
        Assert.All(states, state => Assert.Equal(TestRun.Begin, state.EnteredTime));
        Assert.All(states, state => Assert.Equal(state.Name, ((StateEnteredDetails)run.Events[(int)state.EnteredEventId - 1].Details!).Name));
    }

    [Fact]
    public void InFlight_OfWhatHasEnded_IsEmpty() => Assert.Empty(TestRun.StartStates("A", "'A':{'Type':'Pass','End':true}").Execution.InFlight);

    [Fact]
    public void IsAwaiting_ASignal_AsItWouldBeTaken()
    {
        TestRun run = TestRun.StartStates("T", $"'T':{{{Task},'TimeoutSeconds':5,'End':true}}");
        string task = run.Task().Id;
        string timer = run.Timers.Single().Id;
        Signal[] wanted = [new TaskSucceeded(run.Now, task, JsonValue.Null), new TaskFailed(run.Now, task, "E", null), new TaskHeartbeat(run.Now, task), new TimerFired(run.Now, timer), new Stop(run.Now, null, null)];
        Signal[] unwanted = [new TaskSucceeded(run.Now, "task-99", JsonValue.Null), new TimerFired(run.Now, "timer-99"), new Redrive(run.Now)];

        Assert.All(wanted, signal => Assert.True(run.Execution.IsAwaiting(signal), $"{signal}"));
        Assert.All(unwanted, signal => Assert.False(run.Execution.IsAwaiting(signal), $"{signal}"));
        Assert.True(run.Execution.IsWaitingFor(task) && run.Execution.IsWaitingFor(timer));
        run.Fail("E");
        Assert.All(wanted, signal => Assert.False(run.Execution.IsAwaiting(signal), $"{signal}"));
        Assert.True(run.Execution.IsAwaiting(new Redrive(run.Now)));
        Assert.False(run.Execution.IsWaitingFor(task) || run.Execution.IsWaitingFor(timer));
    }

    [Theory]
    [InlineData(ExecutionStatus.Failed, 0, 5)]
    [InlineData(ExecutionStatus.Aborted, 0, 5)]
    [InlineData(ExecutionStatus.Failed, 20, 21)]
    public void EndByHost_WhatRuns_EndsItAfterTheEventsThatWereStored(ExecutionStatus status, long stored, long last)
    {
        TestRun run = TestRun.StartStates("T", $"'T':{{{Task},'TimeoutSeconds':5,'End':true}}");
        string task = run.Task().Id;
        Turn turn = run.Execution.EndByHost(run.Now.AddHours(1), status, "E", "C", stored);

        HistoryEvent ended = Assert.Single(turn.Events);
        Assert.Equal((last, 0, status == ExecutionStatus.Failed ? HistoryEventType.ExecutionFailed : HistoryEventType.ExecutionAborted), (ended.Id, ended.PreviousEventId, ended.Type));
        Assert.Equal(new FailureDetails("E", "C"), ended.Details);
        Assert.Equal((status, TestRun.Begin.AddHours(1), "E", "C"), (run.Execution.Status, run.Execution.StopTime, run.Execution.Error?.Name, run.Execution.Error?.Cause));
        Assert.Contains(new CancelTask(task), turn.Commands);
        Assert.Empty(run.Execution.Outstanding);
        Assert.Empty(run.Execution.EndByHost(run.Now, status, "other", null, 0).Events);
        Assert.Equal("E", run.Execution.Error?.Name);
    }

    [Fact]
    public void Advance_SignalFromThePast_DoesNotTurnTimeBack()
    {
        TestRun run = TestRun.StartStates("T", $"'T':{{{Task},'Next':'U'}},'U':{{{Task},'End':true}}");
        run.Now = TestRun.Begin.AddMinutes(1);
        run.Succeed();
        run.Now = TestRun.Begin;
        run.Succeed();

        Assert.Equal(TestRun.Begin.AddMinutes(1), run.Execution.StopTime);
        Assert.Equal(TestRun.Begin.AddMinutes(1), run.Events[^1].Timestamp);
    }

    [Fact]
    public void Advance_TimerThatFiresEarly_CountsAsDue()
    {
        TestRun run = TestRun.StartStates("W", "'W':{'Type':'Wait','Seconds':60,'End':true}");
        run.Send(new TimerFired(TestRun.Begin.AddSeconds(59.9), run.Timers.Single().Id));

        Assert.Equal((ExecutionStatus.Succeeded, TestRun.Begin.AddSeconds(60)), (run.Execution.Status, run.Execution.StopTime));
    }
}
