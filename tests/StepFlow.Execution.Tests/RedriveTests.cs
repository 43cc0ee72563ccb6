using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution.Tests;

/// <summary>A redrive continues where the execution ended, with new retries and a new time limit (RedriveExecution).</summary>
public sealed class RedriveTests
{
    private const string Retried = "'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'n.$':'$$.State.RetryCount'},'Retry':[{'ErrorEquals':['A'],'MaxAttempts':2},{'ErrorEquals':['B'],'MaxAttempts':1}],'End':true}";

    private static readonly string Inside = $"{{'StartAt':'T','States':{{{Retried}}}}}";

    /// <summary>A task with retriers: on its own, in a branch, in an iteration.</summary>
    public static TheoryData<string, string> Machines { get; } = new()
    {
        { "T", Retried },
        { "P", $"'P':{{'Type':'Parallel','Branches':[{Inside}],'End':true}}" },
        { "M", $"'M':{{'Type':'Map','ItemProcessor':{Inside},'End':true}}" },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Advance_RedriveAfterUsedRetries_RetriesAgain(string start, string states)
    {
        TestRun run = TestRun.StartStates(start, states, "[1]");
        FailUntilTheEnd(run);
        for (int redrive = 1; redrive <= 2; redrive++)
        {
            run.Reload();
            run.Send(new Redrive(run.Now.AddMinutes(1)));
            Assert.Equal(("""{"n":0}""", 0), (run.Task().Arguments.ToString(), run.Task().RetryCount));
            DateTimeOffset before = run.Now;
            run.Fail("A");
            Assert.Equal(before.AddSeconds(1), Assert.Single(run.Timers).Due);
            run.Reload().Fire();
            FailUntilTheEnd(run, attemptsOfA: 1);
        }
    }

    /// <summary>A Map and a Parallel have retriers of their own; those are anew too.</summary>
    [Theory]
    [InlineData("'Type':'Parallel','Branches':[{'StartAt':'I','States':{'I':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}}]")]
    [InlineData("'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}}")]
    public void Advance_RedriveOfAGroup_RetriesAgain(string group)
    {
        TestRun run = TestRun.StartStates("S", $"'S':{{{group},'Retry':[{{'ErrorEquals':['States.ALL'],'MaxAttempts':1}}],'End':true}}", "[1]");
        for (int life = 0; life < 3; life++)
        {
            run.Fail("A");
            Assert.Equal((life, ExecutionStatus.Running), (life, run.Execution.Status));
            run.Reload().Fire();
            run.Fail("A");
            Assert.Equal((life, ExecutionStatus.Failed), (life, run.Execution.Status));
            run.Reload();
            run.Send(new Redrive(run.Now.AddMinutes(1)));
        }
    }

    [Theory]
    [InlineData(5d, null, 5d)]
    [InlineData(null, 60d, 60d)]
    [InlineData(5d, 60d, 5d)]
    [InlineData(100d, 60d, 60d)]
    public void Advance_Redrive_RestartsTheTimeoutOfTheExecution(double? own, double? quota, double seconds)
    {
        string timeout = own is { } value ? $"'TimeoutSeconds':{value}," : string.Empty;
        var limits = new Limits { ExecutionDuration = quota is { } most ? TimeSpan.FromSeconds(most) : null };
        TestRun run = TestRun.Start(
            "{'StartAt':'T'," + timeout + "'States':{'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}}", limits: limits);
        StartTimer before = Assert.Single(run.Timers);
        Assert.Equal(TestRun.Begin.AddSeconds(seconds), before.Due);
        run.Fail("Boom");
        Assert.Empty(run.Execution.Outstanding);
        for (int redrive = 1; redrive <= 2; redrive++)
        {
            run.Reload();
            DateTimeOffset redriven = run.Now.AddHours(1);
            run.Send(new Redrive(redriven));
            Assert.Equal(redriven.AddSeconds(seconds), Assert.Single(run.Timers).Due);
            Assert.Empty(run.Send(new TimerFired(redriven, before.Id)).Events);
            run.Reload();
            run.Fire();

            Assert.Equal((ExecutionStatus.TimedOut, redriven.AddSeconds(seconds)), (run.Execution.Status, run.Now));
        }
    }

    [Fact]
    public void Advance_RedriveWithoutATimeout_WatchesNoTime()
    {
        TestRun run = TestRun.StartStates("T", Retried);
        run.Fail("other");
        run.Send(new Redrive(run.Now));

        Assert.Empty(run.Timers);
    }

    [Theory]
    [InlineData(ExecutionStatus.Failed)]
    [InlineData(ExecutionStatus.TimedOut)]
    [InlineData(ExecutionStatus.Aborted)]
    public void Advance_RedriveOfWhatDidNotSucceed_Continues(ExecutionStatus ended)
    {
        TestRun run = TestRun.Start("{'StartAt':'T','TimeoutSeconds':9,'States':{'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true}}}");
        Turn _ = ended switch
        {
            ExecutionStatus.Failed => run.Fail("Boom", "why"),
            ExecutionStatus.TimedOut => run.Fire(),
            _ => run.Send(new Stop(run.Now, "Enough", "of this")),
        };
        Assert.Equal(ended, run.Execution.Status);
        run.Reload();
        run.Send(new Redrive(run.Now.AddDays(1)));

        Assert.Equal((ExecutionStatus.Running, null, null, 1), (run.Execution.Status, run.Execution.Error, run.Execution.StopTime, run.Execution.RedriveCount));
        Assert.Equal(new ExecutionRedrivenDetails(1), run.Events.Single(one => one.Type == HistoryEventType.ExecutionRedriven).Details);
        run.Succeed("1");
        Assert.Equal("1", run.Output);
    }

    [Fact]
    public void Advance_RedriveOfWhatRuns_ChangesNothing()
    {
        TestRun run = TestRun.StartStates("T", Retried);
        Turn turn = run.Send(new Redrive(run.Now.AddDays(1)));

        Assert.Empty(turn.Events);
        Assert.Empty(turn.Commands);
        Assert.Equal((0, null), (run.Execution.RedriveCount, run.Execution.RedriveTime));
    }

    [Theory]
    [InlineData("'S':{'Type':'Fail','Error':'E'}", HistoryEventType.FailStateEntered)]
    [InlineData("'S':{'Type':'Pass','OutputPath':'$.no','End':true}", HistoryEventType.PassStateEntered)]
    [InlineData("'S':{'Type':'Choice','Choices':[{'Variable':'$.no','IsPresent':true,'Next':'O'}]},'O':{'Type':'Succeed'}", HistoryEventType.ChoiceStateEntered)]
    [InlineData("'S':{'Type':'Succeed','OutputPath':'$.no'}", HistoryEventType.SucceedStateEntered)]
    [InlineData("'S':{'Type':'Wait','SecondsPath':'$.no','End':true}", HistoryEventType.WaitStateEntered)]
    public void Advance_RedriveOfAStateWithoutAttempts_EntersItAgain(string states, HistoryEventType entered)
    {
        TestRun run = TestRun.StartStates("S", states);
        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
        run.Reload();
        run.Send(new Redrive(run.Now));

        Assert.Equal(2, run.Events.Count(one => one.Type == entered));
        Assert.Equal((ExecutionStatus.Failed, 1), (run.Execution.Status, run.Execution.RedriveCount));
    }

    [Fact]
    public void Advance_RedriveOfATask_DoesNotEnterItAgain()
    {
        TestRun run = TestRun.StartStates("T", Retried);
        run.Fail("other");
        run.Send(new Redrive(run.Now));

        Assert.Single(run.Events, one => one.Type == HistoryEventType.TaskStateEntered);
        Assert.EndsWith("5>6 ExecutionFailed\n6>7 ExecutionRedriven\n7>8 TaskScheduled\n8>9 TaskStarted", run.History, StringComparison.Ordinal);
    }

    private static void FailUntilTheEnd(TestRun run, int attemptsOfA = 2)
    {
        for (int attempt = 0; attempt < attemptsOfA; attempt++)
        {
            run.Fail("A");
            run.Reload().Fire();
        }

        run.Fail("B");
        run.Reload().Fire();
        run.Fail("A");
        Assert.Equal((ExecutionStatus.Failed, "A"), (run.Execution.Status, run.Execution.Error?.Name));
    }
}
