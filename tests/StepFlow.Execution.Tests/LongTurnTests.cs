using System.Globalization;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Execution.Tests;

/// <summary>Turns whose expressions take many steps: callers do not wait for them, and each turn ends.</summary>
public class LongTurnTests
{
    private const string Endless = "{% ($f := function($x){ $f($x+1) }; $f(1)) %}";

    /// <summary>About 230,000 steps.</summary>
    private const string Long = "{% $count($map([1..50000], function($x){ $x + 1 })) %}";

    private static readonly string EndlessMachine = "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','Output':'" + Endless + "','End':true}}}";

    private static readonly string Chain = "{'QueryLanguage':'JSONata','StartAt':'S0','States':{"
        + string.Concat(Enumerable.Range(0, 20).Select(static n => string.Create(CultureInfo.InvariantCulture, $"'S{n}':{{'Type':'Pass','Output':'{Long}','Next':'S{n + 1}'}},")))
        + "'S20':{'Type':'Succeed'}}}";

    [Fact]
    public void StartBriefly_EndlessExpression_OnlyRecordsTheStart()
    {
        StateMachine machine = Load(EndlessMachine);
        ExecutionStart start = TestRun.StartOf("{}") with { InputText = "{ }" };
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.StartBriefly(machine, start);
        Assert.Equal([HistoryEventType.ExecutionStarted], turn.Events.Select(static entry => entry.Type));
        Commands.StartTimer timer = Assert.IsType<Commands.StartTimer>(Assert.Single(turn.Commands));
        Assert.Equal((start.StartTime, ExecutionStatus.Running), (timer.Due, execution.Status));

        // What the host stores gives the same turn again, and so does a snapshot.
        (WorkflowExecution again, Turn same) = WorkflowExecution.Start(machine, execution.StartedWith);
        Assert.Equal(TestRun.Describe(turn.Events), TestRun.Describe(same.Events));
        Assert.Equal(execution.Capture(), again.Capture());
        execution = WorkflowExecution.Restore(machine, execution.Capture());

        Turn next = execution.Advance(new TimerFired(start.StartTime, timer.Id));
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.QueryEvaluationError), (execution.Status, execution.Error?.Name));
        Assert.Equal("{ }", Assert.IsType<StateEnteredDetails>(next.Events[0].Details).InputText);
    }

    [Fact]
    public void StartBriefly_ShortTurn_IsAStart()
    {
        StateMachine machine = Load("{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}");
        ExecutionStart start = TestRun.StartOf("{}");
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.StartBriefly(machine, start);
        Assert.Same(start, execution.StartedWith);
        Assert.Equal(TestRun.Describe(WorkflowExecution.Start(machine, start).Turn.Events), TestRun.Describe(turn.Events));
    }

    [Fact]
    public void Turn_ManySteps_EndsBetweenStates()
    {
        TestRun run = TestRun.Start(Load(Chain), TestRun.StartOf("{}"));
        int turns = 1;
        while (run.Execution.Status == ExecutionStatus.Running)
        {
            run.Reload().Fire();
            turns++;
        }

        Assert.Equal((ExecutionStatus.Succeeded, "50000"), (run.Execution.Status, run.Output));
        Assert.InRange(turns, 3, 6);
    }

    [Fact]
    public void Turn_OfAnExecutionOfAnEarlierVersion_IsNotCut()
    {
        TestRun run = TestRun.Start(Load(Chain), TestRun.StartOf("{}") with { TurnSteps = null });
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
        Assert.Empty(run.Commands);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Turn_CutInABranchThatNeverWaits_GoesOnWithTheOthers(bool takeTurns)
    {
        const string Branches = """
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"Loop","States":{"Loop":{"Type":"Pass","Next":"Again"},"Again":{"Type":"Pass","Next":"Loop"} } },
              {"StartAt":"Failing","States":{"Failing":{"Type":"Fail","Error":"Reached"} } }] } } }
            """;
        TestRun run = TestRun.Start(Load(Branches), TestRun.StartOf("{}") with { BranchesTakeTurns = takeTurns });
        for (int turn = 0; turn < 3 && run.Execution.Status == ExecutionStatus.Running; turn++)
        {
            // The order of the branches is part of the snapshot.
            run.Reload().Fire();
        }

        Assert.Equal(takeTurns ? "Reached" : null, run.Execution.Error?.Name);
    }

    [Fact]
    public void State_ManyLongExpressions_ShareOneBound()
    {
        string fields = string.Join(',', Enumerable.Range(0, 100).Select(static n => string.Create(CultureInfo.InvariantCulture, $"'v{n}':'{Long}'")));
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','QueryLanguage':'JSONata','Output':{" + fields + "},'End':true}");
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.QueryEvaluationError), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Contains("Expression evaluation timeout", run.Execution.Error!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void State_ManyLongPaths_ShareOneBound()
    {
        string items = "[" + string.Join(',', Enumerable.Repeat("{'a':[1,2,3,4,5,6,7,8]}", 20_000)) + "]";
        string fields = string.Join(',', Enumerable.Range(0, 200).Select(static n => string.Create(CultureInfo.InvariantCulture, $"'v{n}.$':'$..a'")));
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','Parameters':{" + fields + "},'End':true}", items);
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.Runtime), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Contains("The path visits more than", run.Execution.Error!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void State_ManyLongTexts_ShareOneBound()
    {
        string fields = string.Join(',', Enumerable.Range(0, 500).Select(static n => string.Create(CultureInfo.InvariantCulture, $"'v{n}.$':'States.Format(\\'{{}}{{}}{{}}{{}}\\',$.t,$.t,$.t,$.t)'")))
            .Replace("\\'", "’", StringComparison.Ordinal);
        string definition = ("{'StartAt':'A','States':{'A':{'Type':'Pass','Parameters':{" + fields + "},'End':true}}}").Replace('\'', '"').Replace('’', '\'');
        TestRun run = TestRun.Start(TestRun.Load(definition), TestRun.StartOf("{\"t\":\"" + new string('x', 250_000) + "\"}"));
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.IntrinsicFailure), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Contains("read or build too much", run.Execution.Error!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void States_OneAfterTheOther_HaveABoundEach()
    {
        string states = string.Concat(Enumerable.Range(0, 50).Select(static n => string.Create(CultureInfo.InvariantCulture, $"'S{n}':{{'Type':'Pass','Output':'{Long}','Next':'S{n + 1}'}},")));
        TestRun run = TestRun.Start("{'QueryLanguage':'JSONata','StartAt':'S0','States':{" + states + "'S50':{'Type':'Succeed'}}}").FireAll();
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
    }

    [Fact]
    public void Advance_LongTurn_IsReportedOnceBeforeItEnds()
    {
        TestRun run = TestRun.Start(Load(
            "{'QueryLanguage':'JSONata','StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:111111111111:function:f','Next':'A'},"
            + "'A':{'Type':'Pass','Output':'" + Long + "','Next':'B'},'B':{'Type':'Pass','Output':'" + Long + "','End':true}}}"), TestRun.StartOf("{}"));
        var seen = new List<(ExecutionStatus, long)>();
        long before = run.Execution.EventCount;
        run.Execution.Advance(new TaskSucceeded(run.Now, run.Tasks.Single().Id, JsonObject.Empty), () => seen.Add((run.Execution.Status, run.Execution.EventCount)));
        (ExecutionStatus status, long events) = Assert.Single(seen);
        Assert.Equal(ExecutionStatus.Running, status);
        Assert.InRange(events, before + 1, run.Execution.EventCount - 1);
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
    }

    [Fact]
    public void Advance_ShortTurn_IsNotReported()
    {
        TestRun run = TestRun.StartStates("T", "'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:111111111111:function:f','End':true}");
        run.Execution.Advance(new TaskSucceeded(run.Now, run.Tasks.Single().Id, JsonObject.Empty), static () => Assert.Fail("It is short."));
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
    }

    [Fact]
    public void SingleState_StateAndItsCatcher_ShareOneBound()
    {
        const string Half = "$count($map([1..600000], function($x){ $x + 1 }))";
        const string Most = Half + " + " + Half;
        string state = "{'Type':'Task','QueryLanguage':'JSONata','Resource':'arn:aws:lambda:us-east-1:111111111111:function:f','Arguments':'{% $error($string(" + Most + ")) %}',"
            + "'End':true,'Catch':[{'ErrorEquals':['States.ALL'],'Output':'{% " + Most + " %}','Next':'X'}]}";
        StateLoadResult loaded = StateMachineLoader.LoadState(JsonValue.Parse(state.Replace('\'', '"')));
        Assert.NotNull(loaded.State);
        var run = new SingleStateRun(loaded.State, new() { Execution = TestRun.StartOf("{}") });
        Assert.Equal((SingleStateStatus.Failed, ErrorNames.QueryEvaluationError), (run.Result!.Status, run.Result.Error));
        Assert.Contains("Expression evaluation timeout", run.Result.Cause, StringComparison.Ordinal);
    }

    private static StateMachine Load(string definition) => TestRun.Load(definition.Replace('\'', '"'));
}
