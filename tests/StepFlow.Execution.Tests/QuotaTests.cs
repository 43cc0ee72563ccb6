using StepFlow.Execution.Interpretation;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution.Tests;

/// <summary>Quotas: what is exactly at one is within it, and one byte or one event more is not. In bytes of UTF-8.</summary>
public sealed class QuotaTests
{
    private const int Most = 100;
    private const string Task = "'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',";

    /// <summary>The lengths to try, and whether each is over.</summary>
    public static TheoryData<int, bool> Lengths { get; } = new() { { Most - 1, false }, { Most, false }, { Most + 1, true } };

    /// <summary>A JSON string of so many bytes, its quotes included.</summary>
    private static string Text(int bytes) => $"'{new string('a', bytes - 2)}'";

    private static void AssertFailed(TestRun run, bool fails, string cause)
    {
        Assert.Equal(fails ? (ErrorNames.DataLimitExceeded, cause) : (null, null), (run.Execution.Error?.Name, run.Execution.Error?.Cause));
        Assert.Equal(fails ? ExecutionStatus.Failed : ExecutionStatus.Succeeded, run.Execution.Status);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Start_OutputAroundTheQuota_IsComparedWithIt(int bytes, bool fails) =>
        AssertFailed(
            TestRun.StartStates("A", "'A':{'Type':'Pass','End':true}", Text(bytes), new() { PayloadBytes = Most }), fails, Causes.TooLarge("A"));

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void Start_OutputInUmlauts_IsMeasuredInUtf8(int letters, bool fails) =>
        AssertFailed(
            TestRun.StartStates("A", "'A':{'Type':'Pass','End':true}", $"'{new string('ä', letters)}'", new() { PayloadBytes = Most }), fails, Causes.TooLarge("A"));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Start_ArgumentsAroundTheQuota_AreComparedWithIt(int bytes, bool fails)
    {
        TestRun run = TestRun.StartStates("T", Task + "'End':true}", Text(bytes), new() { PayloadBytes = Most });
        if (!fails)
        {
            run.Succeed();
        }

        AssertFailed(run, fails, Causes.TooLarge("T"));
        Assert.Equal(fails ? 0 : 1, run.Commands.OfType<RunTask>().Count());
    }

    /// <summary>States.ALL does not match data that the state itself made too large; a result that was too large is caught, as recorded.</summary>
    [Theory]
    [InlineData("States.ALL", false, ExecutionStatus.Failed)]
    [InlineData("States.TaskFailed", false, ExecutionStatus.Failed)]
    [InlineData("States.DataLimitExceeded", false, ExecutionStatus.Succeeded)]
    [InlineData("States.ALL", true, ExecutionStatus.Succeeded)]
    public void DataOverTheQuota_IsCaughtByName(string name, bool isResult, ExecutionStatus status)
    {
        // The catcher's own output has room in it.
        const int Room = 1000;
        TestRun run = TestRun.StartStates(
            "T", $"{Task}'Catch':[{{'ErrorEquals':['{name}'],'Next':'C'}}],'End':true}},'C':{{'Type':'Pass','End':true}}",
            isResult ? "1" : Text(Room + 1), new() { PayloadBytes = Room });
        if (isResult)
        {
            run.Succeed(Text(Room + 1));
        }

        Assert.Equal(status, run.Execution.Status);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Advance_ResultAroundTheQuota_IsComparedWithIt(int bytes, bool fails)
    {
        TestRun run = TestRun.StartStates("T", Task + "'ResultPath':null,'End':true}", limits: new() { PayloadBytes = Most });
        run.Succeed(Text(bytes));

        AssertFailed(run, fails, Causes.TooLarge("lambda"));
    }

    [Theory]
    [InlineData("VariableBytes", Most - 1, false)]
    [InlineData("VariableBytes", Most, false)]
    [InlineData("VariableBytes", Most + 1, true)]
    [InlineData("AssignBytes", Most - 7, false)]
    [InlineData("AssignBytes", Most - 6, false)]
    [InlineData("AssignBytes", Most - 5, true)]
    public void Start_VariableAroundAQuota_IsComparedWithIt(string quota, int bytes, bool fails)
    {
        // One variable of the name x takes six bytes besides: {"x":…}.
        Limits limits = quota == "VariableBytes" ? new() { VariableBytes = Most } : new() { AssignBytes = Most };
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Pass','Assign':{'x.$':'$'},'End':true}", Text(bytes), limits);

        AssertFailed(run, fails, Causes.VariablesTooLarge("A"));
    }

    [Fact]
    public void Start_OneOfSeveralVariablesOverItsQuota_Fails()
    {
        const string Assign = "'A':{'Type':'Pass','Assign':{'a':1,'x.$':'$','z':2},'End':true}";

        AssertFailed(TestRun.StartStates("A", Assign, Text(Most), new() { VariableBytes = Most }), false, string.Empty);
        AssertFailed(TestRun.StartStates("A", Assign, Text(Most + 1), new() { VariableBytes = Most }), true, Causes.VariablesTooLarge("A"));
    }

    /// <summary>Two variables, one after the other: <c>{"x":…,"y":…}</c>.</summary>
    [Theory]
    [InlineData(120, false)]
    [InlineData(121, false)]
    [InlineData(122, true)]
    public void Start_VariablesTogetherAroundTheQuota_AreComparedWithIt(int bytes, bool fails)
    {
        TestRun run = TestRun.StartStates(
            "A", "'A':{'Type':'Pass','Assign':{'x.$':'$.x'},'Next':'B'},'B':{'Type':'Pass','Assign':{'y.$':'$.y'},'End':true}",
            $"{{'x':{Text(68)},'y':{Text(bytes)}}}", new() { ExecutionVariableBytes = 200 });

        AssertFailed(run, fails, Causes.VariablesTooLarge("B"));
    }

    [Fact]
    public void Start_VariablesOfBranches_CountTogether()
    {
        const string Branch = "{'StartAt':'#','States':{'#':{'Type':'Pass','Assign':{'x.$':'$'},'Next':'W#'},'W#':{'Type':'Wait','Seconds':1,'End':true}}}";
        string states = $"'P':{{'Type':'Parallel','Branches':[{Branch.Replace("#", "A", StringComparison.Ordinal)},{Branch.Replace("#", "B", StringComparison.Ordinal)}],'End':true}}";
        TestRun within = TestRun.StartStates("P", states, Text(90), new() { ExecutionVariableBytes = 200 });
        TestRun over = TestRun.StartStates("P", states, Text(110), new() { ExecutionVariableBytes = 200 });

        AssertFailed(within.FireAll(), false, string.Empty);
        AssertFailed(over, true, Causes.VariablesTooLarge("B"));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public void Start_EventsAroundTheQuota_AreComparedWithIt(int most, bool fails)
    {
        // Three states of two events each, the start and the end: eight events.
        TestRun run = TestRun.StartStates(
            "A", "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'C'},'C':{'Type':'Succeed'}", limits: new() { HistoryEvents = most });

        Assert.Equal(fails ? ExecutionStatus.Failed : ExecutionStatus.Succeeded, run.Execution.Status);
        Assert.Equal(fails ? most : 8, run.Events.Count);
        Assert.Equal(
            fails ? new FailureDetails(ErrorNames.Runtime, Causes.HistoryFull(most)) : (EventDetails)new OutputDetails(run.Execution.Output!), run.Events[^1].Details);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void Start_MapAroundTheQuotaOfConcurrency_RunsNoMoreAtATime(int asked, int running)
    {
        TestRun run = TestRun.StartStates(
            "M", $"'M':{{'Type':'Map','MaxConcurrency':{asked},'ItemProcessor':{{'StartAt':'T','States':{{{Task}'End':true}}}}}},'End':true}}", "[1,2,3,4,5]",
            new() { InlineMapConcurrency = 3 });

        Assert.Equal(running, run.Tasks.Count());
        run.Succeed();
        Assert.Equal(running, run.Tasks.Count());
    }

    [Fact]
    public void Start_WithoutQuotas_NothingIsRefused()
    {
        TestRun run = TestRun.StartStates(
            "A", "'A':{'Type':'Pass','Assign':{'x.$':'$'},'Next':'T'}," + Task + "'End':true}", Text(1024 * 1024));
        run.Succeed(Text(1024 * 1024));

        Assert.Equal(ExecutionStatus.Succeeded, run.Execution.Status);
    }
}
