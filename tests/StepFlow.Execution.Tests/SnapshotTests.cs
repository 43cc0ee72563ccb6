using System.Reflection;
using System.Text;
using StepFlow.Execution.Signals;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>The snapshot's format: what older programs wrote must be read for ever.</summary>
public sealed class SnapshotTests
{
    private const string Definition = """
        {'StartAt':'P','TimeoutSeconds':3600,'States':{
          'P':{'Type':'Parallel','Assign':{'done':true},'Branches':[
            {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:states:::sqs:sendMessage.waitForTaskToken','TimeoutSeconds':60,'HeartbeatSeconds':10,
               'Retry':[{'ErrorEquals':['A']},{'ErrorEquals':['B']}],'Credentials':{'RoleArn':'arn:role'},'End':true}}},
            {'StartAt':'V','States':{'V':{'Type':'Pass','Assign':{'v':7},'Next':'W'},'W':{'Type':'Wait','Seconds':30,'End':true}}},
            {'StartAt':'R','States':{'R':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Retry':[{'ErrorEquals':['A'],'IntervalSeconds':5}],'End':true}}},
            {'StartAt':'M','States':{'M':{'Type':'Map','ItemsPath':'$.items','MaxConcurrency':2,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:111111111111:function:f','End':true}}},'End':true}}},
            {'StartAt':'D','States':{'D':{'Type':'Map','ItemsPath':'$.items','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'J','States':{'J':{'Type':'Pass','End':true}}},'End':true}}}],
           'End':true}}}
        """;

    private static string GoldenPath(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    private static TestRun Flying()
    {
        TestRun run = TestRun.Start(Definition, "{'items':[{'n':1},{'n':2},{'n':3}]}", Limits.Aws);
        run.Now = TestRun.Begin.AddSeconds(1);
        run.Fail("A", state: "R");
        run.Succeed("{'n':1,'ok':true}", "I");
        run.Send(new MapRunStarted(run.Now, run.Execution.Outstanding.OfType<Commands.StartMapRun>().Single().Id, "arn:run"));
        run.Fail("B", state: "T");
        run.Send(new TimerFired(run.Timers.MinBy(timer => timer.Due)!.Due, run.Timers.MinBy(timer => timer.Due)!.Id));
        return run;
    }

    [Fact]
    public void Capture_BranchesInFlight_IsTheGoldenFile()
    {
        string snapshot = JsonValue.Parse(Flying().Execution.Capture()).ToIndentedString() + "\n";

        // Beside the test's binary, to examine a difference or to add a version.
        File.WriteAllText(GoldenPath("flying.actual.json"), snapshot);
        Assert.Equal(File.ReadAllText(GoldenPath("flying.v1.json")), snapshot);
    }

    [Theory]
    [InlineData("flying.v1.json")]
    [InlineData("flying.v1-before-bounds.json")]
    [InlineData("flying.v1-before-steps.json")]
    [InlineData("flying.v1-before-branches.json")]
    public void Restore_GoldenFile_ContinuesAsIfNothingHadHappened(string file)
    {
        TestRun run = Flying();
        WorkflowExecution restored = WorkflowExecution.Restore(run.Machine, File.ReadAllBytes(GoldenPath(file)));

        Assert.Equal(TestRun.Describe(run.Execution.Outstanding), TestRun.Describe(restored.Outstanding));
        Assert.Equal(run.Execution.InFlight, restored.InFlight);
        var stop = new Stop(run.Now, null, null);
        Assert.Equal(TestRun.Describe(run.Execution.Advance(stop).Events), TestRun.Describe(restored.Advance(stop).Events));
    }

    [Fact]
    public void Restore_NewerVersion_IsReported()
    {
        StateMachine machine = TestRun.StartStates("A", "'A':{'Type':'Succeed'}").Machine;

        SnapshotException e = Assert.Throws<SnapshotException>(() => WorkflowExecution.Restore(machine, "{\"version\":3,\"future\":[]}"u8));
        Assert.Contains("version 3", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"start":{}}""")]
    [InlineData("""{"version":1,""")]
    public void Restore_NoSnapshot_Throws(string text)
    {
        StateMachine machine = TestRun.StartStates("A", "'A':{'Type':'Succeed'}").Machine;

        Assert.Throws<SnapshotException>(() => WorkflowExecution.Restore(machine, Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Restore_AnotherDefinition_Throws()
    {
        byte[] snapshot = TestRun.StartStates("A", "'A':{'Type':'Wait','Seconds':1,'End':true}").Execution.Capture();
        StateMachine other = TestRun.StartStates("B", "'B':{'Type':'Wait','Seconds':1,'End':true}").Machine;

        Assert.Throws<SnapshotException>(() => WorkflowExecution.Restore(other, snapshot));
    }

    [Fact]
    public void Capture_OnePayloadUsedManyTimes_IsWrittenOnce()
    {
        string large = new('x', 10_000);
        TestRun run = TestRun.StartStates("M", """
            'M':{'Type':'Map','ItemsPath':'$.list','ItemSelector':{'all.$':'$$.Execution.Input'},'ItemProcessor':{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':1,'End':true}}},'End':true}
            """, "{'list':[{'text':'" + large + "'},2,3]}");
        TestRun items = TestRun.StartStates("M", """
            'M':{'Type':'Map','ItemsPath':'$.list','ItemProcessor':{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':1,'End':true}}},'End':true}
            """, "{'list':[{'text':'" + large + "'},2,3]}");

        Assert.InRange(run.Execution.Capture().Length, 10_000, 60_000);
        Assert.InRange(items.Execution.Capture().Length, 10_000, 23_000);
    }

    [Fact]
    public void Capture_DeepPayload_IsRestored()
    {
        string deep = new string('[', 999) + new string(']', 999);
        TestRun run = TestRun.StartStates("A", "'A':{'Type':'Wait','Seconds':1,'End':true}", deep);

        run.Reload().Fire();

        Assert.Equal(deep, run.Output);
    }

    [Fact]
    public void Capture_EveryMemberOfTheStart_IsRestored()
    {
        ExecutionStart start = TestRun.StartOf("[1]") with
        {
            InputText = "[ 1 ]",
            Region = "eu-west-1",
            IsExpress = true,
            IsSynchronous = true,
            StateMachineVersionArn = "arn:version",
            StateMachineAliasArn = "arn:alias",
            MapRunArn = "arn:run",
            MapContext = JsonObject.Create(("Item", 1)),
            Limits = Limits.Aws with { IntrinsicCharacters = 11, ArrayRangeItems = 12 },
        };
        foreach (PropertyInfo property in typeof(ExecutionStart).GetProperties().Concat(typeof(Limits).GetProperties()))
        {
            object source = property.DeclaringType == typeof(Limits) ? start.Limits : start;
            Assert.True(property.GetValue(source) is not null, $"{property.Name}: give it a value here, and see to it that the snapshot keeps it");
        }

        TestRun run = TestRun.Start(TestRun.Load("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"End":true}}}"""), start);
        run.Reload();

        Assert.Equal(start, run.Execution.StartedWith);
    }
}
