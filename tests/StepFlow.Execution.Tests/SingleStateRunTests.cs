using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Execution.Tests;

/// <summary>One state by itself: on the same interpreter as executions, and with what an inspector is shown.</summary>
public sealed class SingleStateRunTests : IStateInspector
{
    private readonly List<InspectedStage> _stages = [];

    void IStateInspector.Note(InspectedStage stage, JsonValue value) => _stages.Add(stage);

    [Fact]
    public void Task_Run_WaitsAndShowsEachStageOnce()
    {
        SingleStateRun run = Run("'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:f','ResultPath':'$.r','End':true");
        Assert.Null(run.Result);
        Assert.Equal("{}", run.Task!.Arguments.ToString());

        run.Succeed(7);

        Assert.Equal((SingleStateStatus.Succeeded, "{\"r\":7}"), (run.Result!.Status, run.Result.Output!.ToString()));
        Assert.Equal([InspectedStage.InputPath, InspectedStage.Parameters, InspectedStage.ResultSelector, InspectedStage.ResultPath], _stages);
        Assert.Null(run.Task);
    }

    [Fact]
    public void Wait_Run_DoesNotWait() => Assert.Equal(SingleStateStatus.Succeeded, Run("'Type':'Wait','Seconds':100,'End':true").Result!.Status);

    [Fact]
    public void Map_Run_StartsNoIteration()
    {
        SingleStateRun run = Run(
            "'Type':'Map','ItemSelector':{'i.$':'$$.Map.Item.Index'},'ItemProcessor':{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},'End':true",
            "['a','b']");

        Assert.Equal("[\"a\",\"b\"]", run.Items!.ToString());
        Assert.Equal(["{\"i\":0}", "{\"i\":1}"], run.SelectItems(run.Items)!.Select(static input => input.ToString()));
        Assert.Null(run.Result);
        Assert.Contains(InspectedStage.ItemSelector, _stages);
    }

    [Fact]
    public void Map_SelectorThatFails_FailsTheState()
    {
        SingleStateRun run = Run(
            "'Type':'Map','ItemSelector':{'i.$':'$.gone'},'ItemProcessor':{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},'End':true", "[1]");

        Assert.Null(run.SelectItems(run.Items!));
        Assert.Equal(SingleStateStatus.Failed, run.Result!.Status);
    }

    [Theory]
    [InlineData(0, SingleStateStatus.Retriable, 2.0, null)]
    [InlineData(1, SingleStateStatus.Retriable, 4.0, null)]
    [InlineData(2, SingleStateStatus.CaughtError, null, 1)]
    public void Failure_ByRetryCount_IsRetriedOrCaught(int count, SingleStateStatus status, double? backoff, int? caught)
    {
        SingleStateRun run = Run(
            "'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:f','Retry':[{'ErrorEquals':['X']},{'ErrorEquals':['E'],'IntervalSeconds':2,'MaxAttempts':2}],"
            + "'Catch':[{'ErrorEquals':['X'],'Next':'A'},{'ErrorEquals':['States.ALL'],'Assign':{'v':1},'Next':'B'}],'End':true",
            count: count);

        run.Fail("E", "c");

        Assert.Equal((status, 1, backoff, caught), (run.Result!.Status, run.Result.RetryIndex, run.Result.BackoffSeconds, run.Result.CatchIndex));
        Assert.Equal(("E", "c", caught is null ? null : "B"), (run.Result.Error, run.Result.Cause, run.Result.NextState));
        Assert.Equal(caught is null ? "{}" : "{\"v\":1}", run.Result.Variables.ToString());
    }

    [Fact]
    public void Catcher_ThatFails_FailsTheStateAndShowsNothingOfItself()
    {
        SingleStateRun run = Run("'Type':'Task','QueryLanguage':'JSONata','Resource':'arn:aws:lambda:us-east-1:123456789012:function:f','Catch':[{'ErrorEquals':['States.ALL'],'Output':'{% $states.input.gone %}','Next':'A'}],'End':true");

        run.Fail("E", null);

        Assert.Equal((SingleStateStatus.Failed, ErrorNames.QueryEvaluationError), (run.Result!.Status, run.Result.Error));
        Assert.Equal([InspectedStage.Arguments], _stages);
    }

    [Fact]
    public void Output_OverTheQuota_FailsAsInARun()
    {
        SingleStateRun run = Run("'Type':'Pass','Result':'" + new string('x', 100) + "','End':true", limits: new() { PayloadBytes = 50 });

        Assert.Equal(ErrorNames.DataLimitExceeded, run.Result!.Error);
    }

    private SingleStateRun Run(string fields, string input = "{}", int count = 0, Limits? limits = null)
    {
        StateLoadResult loaded = StateMachineLoader.LoadState(JsonValue.Parse("{" + fields.Replace('\'', '"') + "}"));
        Assert.True(loaded.IsSuccess, string.Join('\n', loaded.Diagnostics));
        CompiledState state = loaded.State!;
        return new(state, new() { Execution = TestRun.StartOf(input.Replace('\'', '"'), limits), RetryCount = count, Inspector = this });
    }
}
