namespace StepFlow.Execution.Tests;

/// <summary>The texts of the failures that the interpreter raises itself: programs that were written for Step Functions look for them.</summary>
public sealed class FailureTextTests
{
    [Fact]
    public void Cause_NoRuleOfAChoiceApplies() => AssertFails(
        TestRun.StartStates("A", "'A':{'Type':'Choice','Choices':[{'Variable':'$.n','IsPresent':true,'Next':'S'}]},'S':{'Type':'Succeed'}"),
        "States.Runtime",
        "An error occurred while executing the state 'A' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state");

    [Fact]
    public void Cause_OutputOverTheQuota() => AssertFails(
        TestRun.StartStates("A", "'A':{'Type':'Pass','End':true}", "'too long'", new() { PayloadBytes = 5 }),
        "States.DataLimitExceeded",
        "The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.");

    [Theory]
    [InlineData("arn:aws:states:::lambda:invoke", "lambda")]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:f", "arn:aws:lambda:us-east-1:111111111111:function:f")]
    public void Cause_ResultOverTheQuota(string resource, string subject)
    {
        TestRun run = TestRun.StartStates("T", $"'T':{{'Type':'Task','Resource':'{resource}','End':true}}", limits: new() { PayloadBytes = 5 });
        run.Succeed("'too long'");

        AssertFails(run, "States.DataLimitExceeded", $"The state/task '{subject}' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    [Fact]
    public void Cause_VariablesOverTheQuota() => AssertFails(
        TestRun.StartStates("A", "'A':{'Type':'Pass','Assign':{'x':'too long'},'End':true}", limits: new() { AssignBytes = 5 }),
        "States.DataLimitExceeded",
        "The state 'A' assigned variables with a size exceeding the maximum number of bytes service limit.");

    [Fact]
    public void Cause_HistoryOverTheQuota() => AssertFails(
        TestRun.StartStates("A", "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','End':true}", limits: new() { HistoryEvents = 4 }),
        "States.Runtime",
        "The execution reached the maximum number of history events (4).");

    private static void AssertFails(TestRun run, string error, string cause) =>
        Assert.Equal((ExecutionStatus.Failed, error, cause), (run.Execution.Status, run.Execution.Error?.Name, run.Execution.Error?.Cause));
}
