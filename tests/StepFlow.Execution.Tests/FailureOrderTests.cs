using StepFlow.Execution.Interpretation;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution.Tests;

/// <summary>Which retrier and which catcher a failure meets: the first that names it, and no other (Amazon States Language, "Errors").</summary>
public sealed class FailureOrderTests
{
    private const string First = ",'C1':{'Type':'Pass','Result':'first','End':true}";
    private const string Second = ",'C2':{'Type':'Pass','Result':'second','End':true}";
    private const string Work = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke'";

    private static readonly string TaskInside = $"{{'StartAt':'T','States':{{'T':{{{Work},'End':true}}}}}}";

    /// <summary>The same retriers and catchers on a Task, a Parallel and a Map with one task.</summary>
    public static TheoryData<string> States { get; } =
    [
        Work,
        $"'Type':'Parallel','Branches':[{TaskInside}]",
        $"'Type':'Map','ItemProcessor':{TaskInside}",
    ];

    /// <summary>Starts a machine of one state, and of those that its catchers name.</summary>
    private static TestRun Run(string state, string fields)
    {
        string ends = (fields.Contains("C1", StringComparison.Ordinal) ? First : string.Empty) + (fields.Contains("C2", StringComparison.Ordinal) ? Second : string.Empty);
        return TestRun.StartStates("S", $"'S':{{{state},{fields},'End':true}}{ends}", "[1]");
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Advance_FirstMatchingRetrierUsedUp_NoOtherIsTried(string state)
    {
        for (int attempts = 0; attempts <= 2; attempts++)
        {
            TestRun run = Run(state, $"'Retry':[{{'ErrorEquals':['A'],'MaxAttempts':{attempts}}},{{'ErrorEquals':['States.ALL'],'MaxAttempts':9}}]");
            for (int attempt = 0; attempt < attempts; attempt++)
            {
                run.Fail("A");
                run.Reload().Fire();
            }

            run.Fail("A");

            Assert.Equal((ExecutionStatus.Failed, "A"), (run.Execution.Status, run.Execution.Error?.Name));
            Assert.Equal(attempts + 1, run.Commands.OfType<RunTask>().Count());
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Advance_RetrierUsedUp_FailureIsCaught(string state)
    {
        TestRun run = Run(state, "'Retry':[{'ErrorEquals':['A'],'MaxAttempts':1}],'Catch':[{'ErrorEquals':['A'],'Next':'C1'}]");
        run.Fail("A");
        Assert.Equal(ExecutionStatus.Running, run.Execution.Status);
        run.Reload().Fire();
        run.Fail("A");

        Assert.Equal("\"first\"", run.Output);
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("B", 10)]
    [InlineData("C", 10)]
    [InlineData("D", 100)]
    public void Advance_SeveralRetriersMatch_FirstDecides(string error, double seconds)
    {
        TestRun run = Run(Work, """
            'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':1},{'ErrorEquals':['B','C'],'IntervalSeconds':10},{'ErrorEquals':['States.ALL'],'IntervalSeconds':100}]
            """);
        run.Fail(error);

        Assert.Equal(TestRun.Begin.AddSeconds(seconds), Assert.Single(run.Timers).Due);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Advance_SeveralCatchersMatch_FirstDecides(string state)
    {
        const string Catchers = "'Catch':[{'ErrorEquals':['X','A'],'Next':'C1'},{'ErrorEquals':['States.ALL'],'Next':'C2'}]";
        foreach ((string error, string output) in ((string, string)[])[("A", "\"first\""), ("X", "\"first\""), ("B", "\"second\"")])
        {
            TestRun run = Run(state, Catchers);
            run.Fail(error);

            Assert.Equal((error, output), (error, run.Output));
        }
    }

    [Fact]
    public void Advance_FailureInsideABranch_IsCaughtByTheInnermost()
    {
        string inner = $"{{'StartAt':'T','States':{{'T':{{{Work},'Catch':[{{'ErrorEquals':['A'],'Next':'I'}}],'End':true}},'I':{{'Type':'Pass','Result':'inner','End':true}}}}}}";
        foreach ((string error, string output) in ((string, string)[])[("A", "[\"inner\"]"), ("B", "\"first\"")])
        {
            TestRun run = Run($"'Type':'Parallel','Branches':[{inner}]", "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'C1'}]");
            run.Fail(error);

            Assert.Equal((error, output), (error, run.Output));
        }
    }

    [Fact]
    public void Advance_RetryWithFullJitter_DrawsFromTheWholeIntervalEvenly()
    {
        List<double> draws = [.. Enumerable.Range(0, 400).Select(number => FirstPause(number, "'JitterStrategy':'FULL'"))];

        Assert.All(draws, static draw => Assert.InRange(draw, 0, 100));
        Assert.DoesNotContain(100, draws);
        for (int tenth = 0; tenth < 10; tenth++)
        {
            // 40 of 400 are expected; fewer than 15 come once in a hundred thousand. The draws are the same in every run.
            Assert.InRange(draws.Count(draw => Math.Floor(draw / 10) == tenth), 15, 75);
        }
    }

    [Theory]
    [InlineData("'JitterStrategy':'NONE'")]
    [InlineData("'Comment':'none'")]
    public void Advance_RetryWithoutJitter_WaitsTheInterval(string strategy) =>
        Assert.All(Enumerable.Range(0, 20), number => Assert.Equal(100, FirstPause(number, strategy)));

    [Fact]
    public void Advance_RetryWithFullJitter_GrowsAndIsCapped()
    {
        List<double[]> pauses = [.. Enumerable.Range(0, 100).Select(static number => Pauses(number, 4, "'IntervalSeconds':1,'BackoffRate':4,'MaxDelaySeconds':20,'MaxAttempts':4,'JitterStrategy':'FULL'"))];

        foreach ((int attempt, double most) in ((int, double)[])[(0, 1), (1, 4), (2, 16), (3, 20)])
        {
            double[] drawn = [.. pauses.Select(pause => pause[attempt])];
            Assert.InRange(drawn.Max(), most * 0.9, most);
            Assert.InRange(drawn.Min(), 0, most * 0.1);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 6)]
    [InlineData(2, 18)]
    [InlineData(3, 20)]
    [InlineData(400, 20)]
    public void Delay_OfAnAttempt_GrowsByTheRateUpToTheMost(int attempts, double seconds) =>
        Assert.Equal(seconds, new RetryChoice(0, new() { ErrorEquals = ["A"], IntervalSeconds = 2, BackoffRate = 3, MaxDelaySeconds = 20 }, attempts).Delay);

    [Fact]
    public void Delay_BeyondEveryCalendar_IsTheLongestTimeOfATask() =>
        Assert.Equal(99_999_999, new RetryChoice(0, new() { ErrorEquals = ["A"], BackoffRate = 1e9 }, 1000).Delay);

    [Fact]
    public void Advance_StopWhileBackingOff_EndsTheExecution()
    {
        TestRun run = Run(Work, "'Retry':[{'ErrorEquals':['A']}]");
        run.Fail("A");
        StartTimer pause = Assert.Single(run.Timers);
        Turn turn = run.Send(new Stop(run.Now, null, null));

        Assert.Equal(ExecutionStatus.Aborted, run.Execution.Status);
        Assert.Contains(new CancelTimer(pause.Id), turn.Commands);
    }

    private static double FirstPause(int number, string strategy) => Pauses(number, 1, $"'IntervalSeconds':100,{strategy}")[0];

    /// <summary>The pauses before the attempts of a task, in seconds. Each number is an execution of its own.</summary>
    private static double[] Pauses(int number, int count, string retrier)
    {
        TestRun run = TestRun.Start(
            TestRun.Load($"{{'StartAt':'T','States':{{'T':{{{Work},'Retry':[{{'ErrorEquals':['A'],{retrier}}}],'End':true}}}}}}".Replace('\'', '"')),
            TestRun.StartOf("{}") with { ExecutionArn = $"arn:aws:states:us-east-1:111111111111:execution:machine:{number}" });
        var pauses = new double[count];
        for (int attempt = 0; attempt < count; attempt++)
        {
            DateTimeOffset before = run.Now;
            run.Fail("A");
            run.Reload().Fire();
            pauses[attempt] = (run.Now - before).TotalSeconds;
        }

        return pauses;
    }
}
