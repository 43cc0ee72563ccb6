using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Tokens;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>What expressions see: the context object, variables and their quotas, the input's own text.</summary>
public sealed class ScopeTests
{
    private const string Context = "'A':{'Type':'Pass','Parameters':{'c.$':'$$'},'OutputPath':'$.c','End':true}";

    private static ExecutionStart Start(string input = "{\"a\":1}") => TestRun.StartOf(input);

    private static StateMachine Machine(string states, string start = "A") =>
        TestRun.Load(("{'StartAt':'" + start + "','States':{" + states + "}}").Replace('\'', '"'));

    [Fact]
    public void Context_OfAPass_AsRecorded()
    {
        TestRun run = TestRun.Start(Machine(Context), Start());

        Assert.Equal(
            """{"Execution":{"Id":"arn:aws:states:us-east-1:111111111111:execution:machine:one","Input":{"a":1},"StartTime":"2024-03-01T12:00:00.000Z","Name":"one","RoleArn":"arn:aws:iam::111111111111:role/role","RedriveCount":0},"StateMachine":{"Id":"arn:aws:states:us-east-1:111111111111:stateMachine:machine","Name":"machine"},"State":{"Name":"A","EnteredTime":"2024-03-01T12:00:00.000Z"}}""",
            run.Output);
    }

    [Fact]
    public void Context_OfASynchronousExecution_HasNoRedrive()
    {
        TestRun run = TestRun.Start(Machine(Context), Start() with { IsSynchronous = true });

        Assert.DoesNotContain("RedriveCount", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:states:::states:startExecution.sync:2", true)]
    [InlineData("arn:aws:states:::states:startExecution.sync", true)]
    [InlineData("arn:aws:states:::states:startExecution.waitForTaskToken", true)]
    [InlineData("arn:aws:states:::states:startExecution", false)]
    public void Context_OfATaskThatEndsAfterItsRequest_HasItsToken(string resource, bool has)
    {
        TestRun run = TestRun.StartStates("A", $"'A':{{'Type':'Task','Resource':'{resource}','Parameters':{{'StateMachineArn':'m','Input':{{'c.$':'$$'}}}},'ResultSelector':{{'c.$':'$$'}},'End':true}}");
        RunTask task = Assert.Single(run.Tasks);
        var before = (JsonObject)((JsonObject)((JsonObject)task.Arguments)["Input"]!)["c"]!;
        run.Succeed();
        var after = (JsonObject)((JsonObject)run.Execution.Output!)["c"]!;

        Assert.Equal(has, before.ContainsKey("Task"));
        Assert.Equal(before["Task"], after["Task"]);
        if (has)
        {
            TaskToken token = TaskToken.TryParse(((JsonString)((JsonObject)before["Task"]!)["Token"]!).Value)!;
            Assert.Equal((task.Id, true), (token.TaskId, token.IsGenuine("secret")));
        }
    }

    [Fact]
    public void Context_InsideAMapRunsChild_HasItsItem()
    {
        TestRun run = TestRun.Start(Machine(Context), Start() with { MapContext = (JsonObject)JsonValue.Parse("""{"Item":{"Index":3,"Value":"x"}}""") });

        Assert.Contains("""
            "Map":{"Item":{"Index":3,"Value":"x"}}
            """.Trim(), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_OfNestedMaps_TheInnerItemWins()
    {
        TestRun run = TestRun.StartStates("M", """
            'M':{'Type':'Map','ItemProcessor':{'StartAt':'N','States':{'N':{'Type':'Map','ItemsPath':'$','ItemProcessor':{'StartAt':'I','States':{
              'I':{'Type':'Pass','Parameters':{'i.$':'$$.Map.Item.Index','v.$':'$$.Map.Item.Value'},'End':true}}},'Next':'O'},
              'O':{'Type':'Pass','Parameters':{'inner.$':'$','outer.$':'$$.Map.Item.Index'},'End':true}}},'End':true}
            """, "[[5],[6,7]]");

        Assert.Equal(
            JsonValue.Parse("""[{"inner":[{"i":0,"v":5}],"outer":0},{"inner":[{"i":0,"v":6},{"i":1,"v":7}],"outer":1}]"""),
            run.Execution.Output);
    }

    [Fact]
    public void Assign_Swap_SeesTheValuesAtEntry()
    {
        TestRun run = TestRun.StartStates("A", """
            'A':{'Type':'Pass','Assign':{'x':1,'y':2},'Next':'B'},
            'B':{'Type':'Pass','Assign':{'x.$':'$y','y.$':'$x'},'Next':'C'},
            'C':{'Type':'Pass','Parameters':{'x.$':'$x','y.$':'$y'},'End':true}
            """);

        Assert.Equal("""{"x":2,"y":1}""", run.Output);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(300, true)]
    public void Assign_OverTheQuota_Fails(int kibibytes, bool fails)
    {
        string definition = "'A':{'Type':'Pass','Assign':{'x.$':'$$.Execution.Input'},'Result':1,'End':true}";
        TestRun run = TestRun.StartStates("A", definition, "{'t':'" + new string('a', kibibytes * 1024) + "'}", Limits.Aws with { PayloadBytes = null });

        Assert.Equal(fails ? ErrorNames.DataLimitExceeded : null, run.Execution.Error?.Name);
    }

    [Fact]
    public void Assign_AllVariablesTogetherOverTheQuota_Fails()
    {
        string states = string.Join(',', Enumerable.Range(0, 60).Select(i => $"'S{i}':{{'Type':'Pass','Assign':{{'v{i}.$':'$$.Execution.Input'}},'Next':'S{i + 1}'}}"))
            + ",'S60':{'Type':'Succeed'}";
        TestRun run = TestRun.StartStates("S0", states, "'" + new string('a', 200 * 1024) + "'", Limits.Aws);

        Assert.Equal(ErrorNames.DataLimitExceeded, run.Execution.Error?.Name);
        Assert.InRange(run.Events.Count, 100, 110);
    }

    [Fact]
    public void Start_InputText_IsShownAsSentOnceEntered()
    {
        TestRun run = TestRun.Start(Machine("'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Succeed'}"), Start("[1,2]") with { InputText = "[1, 2]" });

        Assert.Equal("[1, 2]", Assert.IsType<ExecutionStartedDetails>(run.Events[0].Details).InputText);
        Assert.Equal("[1, 2]", Assert.IsType<StateEnteredDetails>(run.Events[1].Details).InputText);
        Assert.Null(Assert.IsType<StateEnteredDetails>(run.Events[3].Details).InputText);
    }

    [Fact]
    public void Start_SameArn_SameRandomValues()
    {
        const string Random = "'A':{'Type':'Pass','Parameters':{'u.$':'States.UUID()','n.$':'States.MathRandom(0,1000000)'},'End':true}";

        Assert.Equal(TestRun.Start(Machine(Random), Start()).Output, TestRun.Start(Machine(Random), Start()).Output);
        Assert.NotEqual(TestRun.Start(Machine(Random), Start()).Output, TestRun.Start(Machine(Random), Start() with { ExecutionArn = "arn:other" }).Output);
    }

    [Fact]
    public void Start_StandardUnderAwsLimits_EndsAfterAYear()
    {
        TestRun run = TestRun.Start(Machine("'A':{'Type':'Wait','Seconds':99999999,'End':true}"), Start() with { Limits = Limits.Aws });
        run.Fire();

        Assert.Equal(ExecutionStatus.TimedOut, run.Execution.Status);
        Assert.Equal(TestRun.Begin.AddDays(365), run.Now);
    }

    [Fact]
    public void Start_ExpressUnderAwsLimits_EndsAfterFiveMinutes()
    {
        TestRun run = TestRun.Start(
            Machine("'A':{'Type':'Wait','Seconds':1000,'End':true}"), Start() with { IsExpress = true, Limits = Limits.Aws });
        run.Fire();

        Assert.Equal(ExecutionStatus.TimedOut, run.Execution.Status);
        Assert.Equal(TestRun.Begin.AddMinutes(5), run.Now);
    }
}
