using StepFlow.Execution.History;
using StepFlow.Execution.Interpretation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Each state type on its own: output and history.</summary>
public sealed class StateTests
{
    private const string Ok = "'Ok':{'Type':'Succeed'}";

    [Theory]
    [InlineData("'A':{'Type':'Pass','End':true}", """{"a":1}""", """{"a":1}""", "0>1 ExecutionStarted\n0>2 PassStateEntered A\n2>3 PassStateExited A\n3>4 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Pass','Result':{'r':[1]},'ResultPath':'$.b','End':true}", """{"a":1}""", """{"a":1,"b":{"r":[1]}}""", null)]
    [InlineData("'A':{'Type':'Pass','Next':'Ok'}," + Ok, "1", "1", "0>1 ExecutionStarted\n0>2 PassStateEntered A\n2>3 PassStateExited A\n3>4 SucceedStateEntered Ok\n4>5 SucceedStateExited Ok\n5>6 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Choice','Choices':[{'Variable':'$.n','NumericEquals':1,'Next':'Ok'}],'Default':'Other'},'Other':{'Type':'Pass','Result':'other','End':true}," + Ok, """{"n":1}""", """{"n":1}""", "0>1 ExecutionStarted\n0>2 ChoiceStateEntered A\n2>3 ChoiceStateExited A\n3>4 SucceedStateEntered Ok\n4>5 SucceedStateExited Ok\n5>6 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Choice','Choices':[{'Variable':'$.n','NumericEquals':1,'Next':'Ok'}],'Default':'Other'},'Other':{'Type':'Pass','Result':'other','End':true}," + Ok, """{"n":2}""", "\"other\"", null)]
    [InlineData("'A':{'Type':'Wait','Timestamp':'2020-01-01T00:00:00Z','End':true}", "1", "1", "0>1 ExecutionStarted\n0>2 WaitStateEntered A\n2>3 WaitStateExited A\n3>4 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}", "[]", "[]", "0>1 ExecutionStarted\n0>2 MapStateEntered A\n2>3 MapStateStarted\n3>4 MapStateSucceeded\n3>5 MapStateExited A\n5>6 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Map','MaxConcurrency':1,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}", "[1,2]", "[1,2]", "0>1 ExecutionStarted\n0>2 MapStateEntered A\n2>3 MapStateStarted\n3>4 MapIterationStarted 0\n4>5 PassStateEntered I\n5>6 PassStateExited I\n6>7 MapIterationSucceeded 0\n6>8 MapIterationStarted 1\n8>9 PassStateEntered I\n9>10 PassStateExited I\n10>11 MapIterationSucceeded 1\n11>12 MapStateSucceeded\n11>13 MapStateExited A\n13>14 ExecutionSucceeded")]
    [InlineData("'A':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Result':1,'End':true}}},{'StartAt':'C','States':{'C':{'Type':'Pass','Result':2,'End':true}}}],'End':true}", "{}", "[1,2]", "0>1 ExecutionStarted\n0>2 ParallelStateEntered A\n2>3 ParallelStateStarted\n3>4 PassStateEntered B\n4>5 PassStateExited B\n3>6 PassStateEntered C\n6>7 PassStateExited C\n7>8 ParallelStateSucceeded\n7>9 ParallelStateExited A\n9>10 ExecutionSucceeded")]
    public void Start_MachineWithoutTasks_EndsInOneTurn(string states, string input, string output, string? history)
    {
        TestRun run = TestRun.StartStates("A", states, input);

        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
        Assert.Equal(output, run.Output);
        Assert.Empty(run.Commands);
        Assert.Equal(history ?? run.History, run.History);
    }

    [Theory]
    [InlineData("'A':{'Type':'Fail','Error':'E','Cause':'C'}", "E", "C")]
    [InlineData("'A':{'Type':'Fail'}", null, null)]
    [InlineData("'A':{'Type':'Fail','ErrorPath':'$.e','CausePath':'$$.State.Name'}", "from input", "A")]
    public void Start_FailState_FailsAsDefined(string states, string? error, string? cause)
    {
        TestRun run = TestRun.StartStates("A", states, "{'e':'from input'}");

        Assert.Equal(ExecutionStatus.Failed, run.Execution.Status);
        Assert.Equal(error, run.Execution.Error?.Name);
        Assert.Equal(cause, run.Execution.Error?.Cause);
        Assert.Equal(new FailureDetails(error, cause), run.Events[^1].Details);
        Assert.Equal("0>1 ExecutionStarted\n0>2 FailStateEntered A\n2>3 ExecutionFailed", run.History);
    }

    [Fact]
    public void Start_ChoiceWithoutMatch_FailsWithRuntime()
    {
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Choice','Choices':[{'Variable':'$.n','IsPresent':true,'Next':'Ok'}]}," + Ok);

        Assert.Equal(ErrorNames.Runtime, run.Execution.Error?.Name);
        Assert.Equal(Causes.InState("A", 2, Causes.NoChoiceMatched), run.Execution.Error?.Cause);
    }

    [Fact]
    public void Advance_WaitSeconds_LeavesWhenTheTimerFires()
    {
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Wait','Seconds':10,'Next':'Ok'}," + Ok);

        Assert.Equal(TestRun.Begin.AddSeconds(10), Assert.Single(run.Timers).Due);
        Assert.Equal(StateWait.Time, Assert.Single(run.Execution.InFlight).Waiting);
        run.Fire();

        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
        Assert.Equal(TestRun.Begin.AddSeconds(10), run.Events[2].Timestamp);
        Assert.Empty(run.Execution.Outstanding);
    }

    [Fact]
    public void Start_Assign_ReachesLaterStatesAndInnerScopes()
    {
        TestRun run = TestRun.StartStates("A", """
            'A':{'Type':'Pass','Assign':{'x':42},'Next':'M'},
            'M':{'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'y.$':'$x'},'Parameters':{'x.$':'$x'},'End':true}}},'End':true}
            """, "[1]");

        Assert.Equal("""[{"x":42}]""", run.Output);
        var exited = Assert.IsType<StateExitedDetails>(run.Events[2].Details);
        Assert.Equal("""{"x":42}""", exited.AssignedVariables?.ToString());
    }

    /// <summary>An inner scope reads the variables around it. What it assigns is its own, and ends with it.</summary>
    [Fact]
    public void Start_AssignInsideABranch_LeavesTheVariablesAround()
    {
        TestRun run = TestRun.StartStates("A", """
            'A':{'Type':'Pass','Assign':{'x':1},'Next':'P'},
            'P':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{
                'B':{'Type':'Pass','Assign':{'x':2},'Next':'C'},
                'C':{'Type':'Pass','Parameters':{'inner.$':'$x'},'End':true}}}],'ResultPath':'$.p','Next':'Z'},
            'Z':{'Type':'Pass','Parameters':{'p.$':'$.p','outer.$':'$x'},'End':true}
            """);

        Assert.Equal("""{"p":[{"inner":2}],"outer":1}""", run.Output);
    }

    [Fact]
    public void Start_ItemSelector_SeesItemAndInput()
    {
        TestRun run = TestRun.StartStates("M", """
            'M':{'Type':'Map','ItemsPath':'$.list','ItemSelector':{'i.$':'$$.Map.Item.Index','v.$':'$$.Map.Item.Value','k.$':'$.k'},
             'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','Parameters':{'all.$':'$','again.$':'$$.Map.Item.Value'},'End':true}}},'End':true}
            """, "{'list':['a','b'],'k':7}");

        Assert.Equal(
            JsonValue.Parse("""[{"all":{"i":0,"v":"a","k":7},"again":"a"},{"all":{"i":1,"v":"b","k":7},"again":"b"}]"""),
            run.Execution.Output);
    }

    [Fact]
    public void Start_EndlessLoop_EndsTheTurnAndContinuesByTimer()
    {
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$.end','IsPresent':true,'Next':'Ok'}],'Default':'A'}," + Ok);

        Assert.Equal(ExecutionStatus.Running, run.Execution.Status);
        Assert.Equal((2 * WorkflowExecution.TransitionsPerTurn) + 1, run.Events.Count);
        Assert.Equal(TestRun.Begin, Assert.Single(run.Timers).Due);
        run.Fire();
        Assert.Equal((4 * WorkflowExecution.TransitionsPerTurn) + 1, run.Events.Count);
        Assert.Single(run.Timers);
    }
}
