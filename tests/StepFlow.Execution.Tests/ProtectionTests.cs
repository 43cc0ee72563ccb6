using System.Collections.Frozen;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>What protects the host from executions, and executions from faults of this program.</summary>
public class ProtectionTests
{
    /// <summary>A choice that always goes back to A.</summary>
    private const string Again = "'B':{'Type':'Choice','Choices':[{'Variable':'$.never','IsPresent':true,'Next':'C'}],'Default':'A'},'C':{'Type':'Succeed'}";

    [Theory]
    [InlineData(QueryLanguage.JsonPath, "States.Runtime")]
    [InlineData(QueryLanguage.Jsonata, "States.QueryEvaluationError")]
    public void Evaluation_Throwing_FailsTheStateAndIsReported(QueryLanguage language, string error)
    {
        var pass = new CompiledPass { Name = "P", QueryLanguage = language, Data = new Faulty() };
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(MachineOf(pass), TestRun.StartOf("{}"));
        Assert.Equal((ExecutionStatus.Failed, error), (execution.Status, execution.Error?.Name));
        Assert.Contains("A bug.", execution.Error!.Cause, StringComparison.Ordinal);
        Defect defect = Assert.Single(turn.Defects);
        Assert.Equal(("P", "A bug."), (defect.StateName, defect.Exception.Message));
    }

    [Fact]
    public void Evaluation_ThrowingAfterATask_FailsTheState()
    {
        var task = new CompiledTask
        {
            Name = "T",
            QueryLanguage = QueryLanguage.Jsonata,
            Data = new Faulty { ArgumentsWork = true },
            Resource = ((CompiledTask)TestRun.Load("""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:f","End":true}}}""").Graph.Start).Resource,
        };
        TestRun run = TestRun.Start(MachineOf(task), TestRun.StartOf("{}"));
        Turn turn = run.Send(new TaskSucceeded(run.Now, run.Tasks.Single().Id, JsonValue.Null));
        Assert.Equal((ExecutionStatus.Failed, "States.QueryEvaluationError"), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Single(turn.Defects);
    }

    [Fact]
    public void Loop_DoublingAValue_FailsBeforeItFillsTheMemory()
    {
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','Parameters':{'x':{'a.$':'$.x','b.$':'$.x'}},'Next':'B'}," + Again, "{'x':'0123456789'}");
        Drain(run);
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.DataLimitExceeded), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Contains("67108864", run.Execution.Error!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_HoldingMuchTogether_FailAtTheBoundOfTheExecution()
    {
        // 8 branches, each of which makes 40 MB of its own and waits with it.
        string branches = string.Join(',', Enumerable.Range(0, 8).Select(static number =>
            "{'StartAt':'P#','States':{'P#':{'Type':'Pass','Parameters':{'x.$':'States.Array($.s,$.s,$.s,$.s)'},'Next':'W#'},'W#':{'Type':'Wait','Seconds':10,'End':true}}}"
                .Replace("#", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        TestRun run = TestRun.StartStates("B", "'B':{'Type':'Parallel','Branches':[" + branches + "],'End':true}", "{'s':'" + new string('x', 10_000_000) + "'}");
        Drain(run);
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.DataLimitExceeded), (run.Execution.Status, run.Execution.Error?.Name));
        Assert.Contains("268435456", run.Execution.Error!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Loop_MakingLargeValuesAndDroppingThem_Continues()
    {
        TestRun run = TestRun.StartStates(
            "A",
            "'A':{'Type':'Pass','Parameters':{'x.$':'States.Array($.s,$.s)','s.$':'$.s','n.$':'States.MathAdd($.n,1)'},'Next':'B'},"
            + "'B':{'Type':'Choice','Choices':[{'Variable':'$.n','NumericLessThan':100,'Next':'A'}],'Default':'C'},'C':{'Type':'Succeed'}",
            "{'n':0,'s':'" + new string('x', 1_000_000) + "'}");
        int turns = Drain(run);
        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);

        // 300 MB in turns of 16: what is made is handed out before more is made.
        Assert.InRange(turns, 10, 30);
    }

    [Fact]
    public void Bounds_CapturedAndRestored_StayWhatTheyWere()
    {
        string machine = "'A':{'Type':'Pass','Parameters':{'x.$':'States.Array($.s,$.s)','s.$':'$.s'},'Next':'B'}," + Again;
        TestRun run = TestRun.StartStates("A", machine, "{'s':'" + new string('x', 1_000_000) + "'}");
        WorkflowExecution restored = WorkflowExecution.Restore(run.Machine, run.Execution.Capture());
        Assert.Equal(run.Execution.Capture(), restored.Capture());
    }

    /// <summary>Continues it until it waits or ends. Gives how many turns that took.</summary>
    private static int Drain(TestRun run)
    {
        int turns = 0;
        while (run.Execution.Status == ExecutionStatus.Running && run.Timers.FirstOrDefault(timer => timer.Due <= run.Now) is { } timer)
        {
            run.Send(new TimerFired(run.Now, timer.Id));
            turns++;
        }

        return turns;
    }

    private static StateMachine MachineOf(CompiledState state) => new()
    {
        Source = JsonObject.Empty,
        Graph = new() { Start = state, States = new Dictionary<string, CompiledState> { [state.Name] = state }.ToFrozenDictionary() },
    };

    private sealed class Faulty : StateData
    {
        public override bool PassesInputUnread => false;

        public override bool PassesResultUnread => false;

        public override InputUse InputUse => InputUse.Read;

        public bool ArgumentsWork { get; init; }

        public override Outcome<JsonValue> Arguments(StateScope scope) =>
            ArgumentsWork ? JsonValue.Null : throw new InvalidOperationException("A bug.");

        public override Outcome<JsonValue> Complete(StateScope scope, JsonValue result, out JsonObject? assigned) => throw new InvalidOperationException("A bug.");
    }
}
