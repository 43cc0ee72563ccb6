using StepFlow.Execution.History;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>JSONata that fails: the event, its place in the chain, and who catches it.</summary>
public sealed class EvaluationFailedTests
{
    private static TestRun Run(string states, string input = "{}") =>
        TestRun.Start("{'QueryLanguage':'JSONata','StartAt':'A','States':{" + states + "}}", input);

    [Fact]
    public void Start_OutputUndefined_EventFollowsWhatWasBeforeTheState()
    {
        TestRun run = Run("'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Output':{'v':'{% $states.input.no %}'},'End':true}");

        Assert.EndsWith("2>3 PassStateExited A\n3>4 PassStateEntered B\n3>5 EvaluationFailed\n5>6 ExecutionFailed", run.History, StringComparison.Ordinal);
        var details = Assert.IsType<EvaluationFailedDetails>(run.Events[4].Details);
        Assert.Equal(("B", ErrorNames.QueryEvaluationError, "Output/v"), (details.State, details.Error, details.Location));
        Assert.Equal(details.Cause, run.Execution.Error?.Cause);
        Assert.StartsWith("An error occurred while executing the state 'B' (entered at the event id #4). ", details.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_TaskOutputUndefined_IsRecordedOnceAnAttemptAndCaught()
    {
        TestRun run = Run("""
            'A':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Output':'{% $states.result.no %}',
                 'Retry':[{'ErrorEquals':['States.QueryEvaluationError'],'MaxAttempts':1}],
                 'Catch':[{'ErrorEquals':['States.ALL'],'Output':'{% $states.errorOutput.Error %}','Next':'C'}],'End':true},
            'C':{'Type':'Pass','End':true}
            """);
        run.Reload().Succeed();
        run.Fire();
        run.Reload().Succeed();

        Assert.Equal(2, run.Events.Count(one => one.Type == HistoryEventType.EvaluationFailed));
        Assert.Contains("4>5 TaskSucceeded\n5>6 EvaluationFailed\n6>7 TaskScheduled", run.History, StringComparison.Ordinal);
        Assert.Equal("\"States.QueryEvaluationError\"", run.Output);
    }

    [Fact]
    public void Advance_CatcherFails_IsNotCaughtAgain()
    {
        TestRun run = Run("""
            'A':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',
                 'Catch':[{'ErrorEquals':['States.ALL'],'Output':'{% $states.errorOutput.no %}','Next':'C'}],'End':true},
            'C':{'Type':'Pass','End':true}
            """);
        run.Fail("Boom");

        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
        Assert.Equal(ErrorNames.QueryEvaluationError, run.Execution.Error?.Name);
    }

    [Fact]
    public void Start_MapItemsNoArray_TheMapFails()
    {
        TestRun run = Run("'A':{'Type':'Map','Items':'{% 1 %}','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}");

        Assert.EndsWith("0>2 MapStateEntered A\n0>3 EvaluationFailed\n3>4 MapStateFailed\n4>5 ExecutionFailed", run.History, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_ItemSelectorInJsonata_SeesTheItem()
    {
        TestRun run = Run(
            "'A':{'Type':'Map','Items':'{% $states.input %}','ItemSelector':'{% $states.context.Map.Item.Value %}','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}",
            "[{'a':1},{'b':2}]");

        Assert.Equal(JsonValue.Parse("""[{"a":1},{"b":2}]"""), run.Execution.Output);
    }
}
