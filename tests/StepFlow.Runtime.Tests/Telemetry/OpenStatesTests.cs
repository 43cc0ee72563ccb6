using StepFlow.Execution.History;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Telemetry;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.Telemetry;

/// <summary>Which state an event belongs to.</summary>
public sealed class OpenStatesTests
{
    private const string Work = "'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work'";

    public static TheoryData<string> Groups =>
    [
        $"'Type':'Parallel','Branches':[{{'StartAt':'A','States':{{'A':{{{Work},'Next':'B'}},'B':{{'Type':'Pass','End':true}}}}}},{{'StartAt':'C','States':{{'C':{{'Type':'Pass','End':true}}}}}}]",
        $"'Type':'Map','ItemsPath':'$.items','ItemProcessor':{{'StartAt':'A','States':{{'A':{{{Work},'Next':'B'}},'B':{{'Type':'Pass','End':true}}}}}}",
    ];

    /// <summary>The group's first attempt fails: its second follows the failure of a state in the first.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Observe_AGroupThatIsRetried_FindsTheStateOfEveryExit(string group)
    {
        string retry = "'Retry':[{'ErrorEquals':['Busy']}]";
        InMemoryExecution ended = await RunAsync($"{{'StartAt':'G','States':{{'G':{{{group},{retry},'Next':'Z'}},'Z':{{{Work},'End':true}}}}}}");
        var states = new OpenStates();
        var exits = new List<string>();
        foreach (HistoryEvent item in ended.History)
        {
            OpenState? state = states.Observe(item);
            if (item.Details is StateExitedDetails exited)
            {
                Assert.Equal(exited.Name, state?.Name);
                exits.Add(exited.Name);
            }
        }

        Assert.Contains("G", exits);
        Assert.Equal("Z", exits[^1]);
        Assert.Equal(0, states.RememberedCount);
        Assert.Empty(states.Clear());
    }

    /// <summary>Nothing happens between the entry and the failure, so the failure's previous event is the one before the entry.</summary>
    [Fact]
    public async Task Observe_AnEvaluationThatFails_FindsItsState()
    {
        InMemoryExecution ended = await RunAsync(
            "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','Next':'T'},'T':{" + Work + ",'Arguments':'{% $error() %}','Catch':[{'ErrorEquals':['States.ALL'],'Next':'E'}],'End':true},'E':{'Type':'Succeed'}}}");
        var states = new OpenStates();
        foreach (HistoryEvent item in ended.History)
        {
            OpenState? state = states.Observe(item);
            Assert.Equal(item.Details switch { EvaluationFailedDetails failed => failed.State, StateExitedDetails exited => exited.Name, _ => state?.Name }, state?.Name);
        }

        Assert.Contains(ended.History, static item => item.Details is EvaluationFailedDetails);
        Assert.Equal(0, states.RememberedCount);
    }

    [Fact]
    public async Task Observe_ALongLoop_RemembersOnlyTheOpenState()
    {
        InMemoryExecution ended = await RunAsync(
            "{'StartAt':'P','States':{'P':{'Type':'Pass','Parameters':{'n.$':'States.MathAdd($.n,1)'},'Next':'C'},'C':{'Type':'Choice','Choices':[{'Variable':'$.n','NumericLessThan':500,'Next':'P'}],'Default':'E'},'E':{'Type':'Succeed'}}}");
        var states = new OpenStates();
        int most = 0;
        foreach (HistoryEvent item in ended.History)
        {
            states.Observe(item);
            most = Math.Max(most, states.RememberedCount);
        }

        Assert.InRange(ended.History.Count, 2_000, int.MaxValue);
        Assert.Equal(1, most);
    }

    private static Task<InMemoryExecution> RunAsync(string definition)
    {
        int calls = 0;
        var runner = new InMemoryRunner(new() { Tasks = new DelegateTasks(_ => Interlocked.Increment(ref calls) == 1 ? new TaskRejected("Busy", null) : new TaskCompleted(1)), Clock = new VirtualClock(Runs.Start) });
        return runner.RunAsync(
            Runs.Machine(definition), Runs.Of("a", Language.Json.JsonValue.Parse("""{"n":0,"items":[1,2,3]}""")), null, TestContext.Current.CancellationToken);
    }
}
