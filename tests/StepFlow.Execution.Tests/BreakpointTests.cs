using StepFlow.Execution.Breakpoints;
using StepFlow.Execution.Signals;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Executions that stop before states until they are released.</summary>
public sealed class BreakpointTests
{
    private const string Branches = """
        {"StartAt":"Set","States":{
          "Set":{"Type":"Pass","Assign":{"outer":1},"Next":"Both"},
          "Both":{"Type":"Parallel","End":true,"Branches":[
            {"StartAt":"Left","States":{"Left":{"Type":"Pass","Parameters":{"o.$":"$outer","i.$":"$.in"},"End":true}}},
            {"StartAt":"Right","States":{"Right":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true}}}]}}}
        """;

    [Fact]
    public void Start_WithABreakpoint_StopsBeforeTheStateUntilReleased()
    {
        (WorkflowExecution execution, Turn first) = Start(Branches, "{\"in\":5}", "Both");

        StateAhead held = Assert.Single(execution.Held);
        Assert.Equal(("Both", "Parallel", "{\"in\":5}", "{\"outer\":1}"), (held.Path, held.Type, held.Input.ToString(), held.Variables.ToString()));
        Assert.Empty(first.Commands);
        Turn next = execution.Release(held, TestRun.Begin, held.Input, JsonObject.Empty);
        Assert.Empty(execution.Held);
        Assert.Single(next.Commands);
    }

    [Fact]
    public void Release_WithOtherData_RunsTheStateOnIt()
    {
        (WorkflowExecution execution, _) = Start(Branches, "{\"in\":5}", "Left");

        StateAhead held = Assert.Single(execution.Held);
        Assert.Equal("Both[0]/Left", held.Path);
        execution.Release(held, TestRun.Begin, JsonValue.Parse("{\"in\":6}"), JsonObject.Create(("outer", JsonNumber.Create(2))));
        execution.Advance(new TaskSucceeded(TestRun.Begin, execution.Outstanding[0].Id, "done"));

        Assert.Equal("[{\"i\":6,\"o\":2},\"done\"]", execution.Output?.ToString());
    }

    [Fact]
    public void Held_InABranchThatWasAborted_IsRemoved()
    {
        (WorkflowExecution execution, _) = Start(Branches, "{\"in\":5}", "Left");
        StateAhead held = execution.Held[0];

        execution.Advance(new TaskFailed(TestRun.Begin, execution.Outstanding[0].Id, "Broken", null, TaskFailureStage.Run));

        Assert.Empty(execution.Held);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        Assert.Empty(execution.Release(held, TestRun.Begin, held.Input, JsonObject.Empty).Events);
    }

    [Fact]
    public void Loop_WithABreakpoint_StopsAtEveryVisit()
    {
        (WorkflowExecution execution, _) = Start(
            """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$","IsBoolean":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}}""", "1", "A");

        StateAhead again = execution.Held[0];
        execution.Release(again, TestRun.Begin, again.Input, JsonObject.Empty);
        execution.Release(Assert.Single(execution.Held), TestRun.Begin, JsonValue.Parse("true"), JsonObject.Empty);

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
    }

    private static (WorkflowExecution Execution, Turn Turn) Start(string definition, string input, string breakpoint) =>
        WorkflowExecution.Start(TestRun.Load(definition), TestRun.StartOf(input), state => state.Name == breakpoint);
}
