using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Tests.Counts;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Distributed Maps, whose runs are sub-orchestrations and whose children are executions of their own.</summary>
public sealed class MapRunTests(AzuriteFixture azurite)
{
    private static readonly JsonArray Items = JsonArray.From(Enumerable.Range(0, 5).Select(n => (JsonValue)n));

    [Fact]
    public async Task Children_Run_AreExecutionsThatCanBeListedAndDescribed()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"));
        fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", Items);
        Assert.Equal("[0,1,2,3,4]", Output(await fixture.EndAsync(execution)));

        JsonValue run = (await fixture.HistoryAsync(execution)).Select(e => e.Details).OfType<MapRunStartedDetails>().Single().MapRunArn;
        var children = (JsonArray)(await fixture.CallAsync("ListExecutions", ("mapRunArn", run)))["executions"]!;
        Assert.Equal(5, children.Count);
        JsonObject child = await fixture.CallAsync("DescribeExecution", ("executionArn", ((JsonObject)children[0])["executionArn"]!));
        Assert.Equal(("SUCCEEDED", ((JsonString)child["input"]!).Value), (((JsonString)child["status"]!).Value, Output(child)));
        Assert.Equal(
            "ExecutionStarted TaskStateEntered LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionSucceeded TaskStateExited ExecutionSucceeded",
            string.Join(' ', await fixture.TypesAsync(((JsonString)child["executionArn"]!).Value)));
        var executions = (JsonArray)(await fixture.CallAsync("ListExecutions", ("stateMachineArn", ServiceFixture.MachineArn("M"))))["executions"]!;
        Assert.Single(executions);
    }

    [Fact]
    public async Task Child_WaitingForItsToken_IsCompleted()
    {
        await using ServiceFixture fixture = await OpenAsync("""
            "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"}
            """);
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted("sent"));
        string execution = await fixture.StartAsync("M", JsonArray.Create("only"));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 1);
        await fixture.CallAsync("SendTaskSuccess", ("taskToken", fixture.Tasks.Calls.Single().TaskToken!), ("output", "\"yes\""));
        Assert.Equal("""["yes"]""", Output(await fixture.EndAsync(execution)));
    }

    [Fact]
    public async Task Redrive_AfterAFailedChild_RunsOnlyWhatDidNotSucceed()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"), ",\"MaxConcurrency\":1");
        bool broken = true;
        fixture.Tasks.On("work", call => broken && call.Arguments.ToString() == "3" ? new TaskRejected("Custom", "because") : new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", Items);
        JsonObject failed = await fixture.EndAsync(execution);
        broken = false;
        await fixture.CallAsync("RedriveExecution", ("executionArn", execution));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("States.ExceedToleratedFailureThreshold", ((JsonString)failed["error"]!).Value);
        Assert.Equal("[0,1,2,3,4]", Output(ended));
        Assert.Equal(["0", "1", "2", "3", "3", "4"], fixture.Tasks.Calls.Select(call => call.Arguments.ToString()).Order());
        Assert.Single(await fixture.HistoryAsync(execution), e => e.Type == HistoryEventType.MapRunRedriven);
    }

    [Fact]
    public async Task Stop_OfTheParent_StopsTheChildren()
    {
        await using ServiceFixture fixture = await OpenAsync("""
            "Type":"Wait","Seconds":3600
            """);
        string execution = await fixture.StartAsync("M", Items);
        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));
    }

    [Fact]
    public async Task Child_OfAMapInAMap_RunsToo()
    {
        await using ServiceFixture fixture = await OpenAsync($$$"""
            "Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
            "StartAt":"J","States":{"J":{{{{Task("work")}}},"End":true} } }
            """);
        fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        string execution = await fixture.StartAsync("M", JsonValue.Parse("[[1,2],[3]]"));
        Assert.Equal("[[1,2],[3]]", Output(await fixture.EndAsync(execution)));
    }

    [Fact]
    public async Task Describe_WhileItRunsAndAfterwards_CountsItsChildren()
    {
        await using ServiceFixture fixture = await OpenAsync("""
            "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"}
            """, ",\"MaxConcurrency\":2");
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted("sent"));
        string execution = await fixture.StartAsync("M", Items);
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 2);

        JsonObject listed = Assert.IsType<JsonObject>(Assert.Single((JsonArray)(await fixture.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!));
        JsonValue run = listed["mapRunArn"]!;
        await fixture.UntilAsync(async () => Counts(await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run)), "executionCounts") == (3, 2, 0));
        JsonObject running = await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run));
        Assert.Equal(("RUNNING", 2L), (((JsonString)running["status"]!).Value, Number(running["maxConcurrency"])));

        // More room takes effect at once.
        await fixture.CallAsync("UpdateMapRun", ("mapRunArn", run), ("maxConcurrency", 5));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 5);
        foreach (TaskCall call in fixture.Tasks.Calls)
        {
            await fixture.CallAsync("SendTaskSuccess", ("taskToken", call.TaskToken!), ("output", "1"));
        }

        Assert.Equal("[1,1,1,1,1]", Output(await fixture.EndAsync(execution)));
        JsonObject ended = await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run));
        Assert.Equal(("SUCCEEDED", (0, 0, 5), (0, 0, 5)), (((JsonString)ended["status"]!).Value, Counts(ended, "executionCounts"), Counts(ended, "itemCounts")));
        Assert.Equal(5L, Number(ended["maxConcurrency"]));
        Assert.Equal("CANNOT_UPDATE_COMPLETED_MAP_RUN", await fixture.RefusedReasonAsync("UpdateMapRun", ("mapRunArn", run), ("maxConcurrency", 1)));
    }

    [Fact]
    public async Task Run_OfManyChildren_KeepsItsMessagesSmall()
    {
        const int Many = 600;
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Pass\"", ",\"MaxConcurrency\":40");
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, Many).Select(n => (JsonValue)n)));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal(Enumerable.Range(0, Many), ((JsonArray)JsonValue.Parse(Output(ended))).Select(n => (int)Number(n)));
        DurableDouble durable = fixture.Host.Durable;
        DurableInstance run = durable.All().Single(instance => instance.Name == ActivityNames.MapRunOrchestrator);
        Assert.InRange(durable.LargestMessage, 1, ExecutionCounts.MessageLimit - 1);
        Assert.Equal(1, durable.ActivityCalls[ActivityNames.ReadChildren]);
        TestContext.Current.TestOutputHelper!.WriteLine($"{durable.ActivityCalls[ActivityNames.StartChildren]} starts, {run.Generation} generations, {durable.LargestMessage} bytes");
    }

    /// <summary>The end of a child that fails is an event of its own.</summary>
    [Fact]
    public async Task Run_OfManyChildrenThatFail_ContinuesAsNew()
    {
        const int Many = 450;
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Pass\",\"InputPath\":\"$.missing\"", ",\"MaxConcurrency\":40,\"ToleratedFailurePercentage\":100");
        string execution = await fixture.StartAsync("M", JsonArray.From(Enumerable.Range(0, Many).Select(n => (JsonValue)n)));
        await fixture.EndAsync(execution);

        Assert.Equal("SUCCEEDED", await fixture.StatusAsync(execution));
        DurableInstance run = fixture.Host.Durable.All().Single(instance => instance.Name == ActivityNames.MapRunOrchestrator);
        Assert.True(run.Generation >= (Many / OrchestratedMapRun.CompletionsPerGeneration) - 1, $"{run.Generation} generations");
    }

    [Fact]
    public async Task Failures_MoreThanTolerated_StopTheOthersAndFailTheRun()
    {
        await using ServiceFixture fixture = await OpenAsync(Task("work"), ",\"ToleratedFailureCount\":1");
        fixture.Tasks.On("work", (call, token) => ((JsonNumber)call.Arguments).ToDouble() < 2
            ? System.Threading.Tasks.Task.FromResult<TaskOutcome>(new TaskRejected("Custom", "because"))
            : Forever(token));
        string execution = await fixture.StartAsync("M", Items);
        JsonObject failed = await fixture.EndAsync(execution);

        Assert.Equal("States.ExceedToleratedFailureThreshold", ((JsonString)failed["error"]!).Value);
        JsonValue run = ((JsonObject)((JsonArray)(await fixture.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!)[0])["mapRunArn"]!;
        JsonObject described = await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run));
        var counts = (JsonObject)described["executionCounts"]!;
        Assert.Equal(("FAILED", 2L, 3L), (((JsonString)described["status"]!).Value, Number(counts["failed"]), Number(counts["aborted"])));
        Assert.All(fixture.Host.Durable.All(), instance => Assert.True(instance.IsCompleted));

        static async Task<TaskOutcome> Forever(CancellationToken token)
        {
            await System.Threading.Tasks.Task.Delay(Timeout.Infinite, token);
            return new TaskCompleted(1);
        }
    }

    [Fact]
    public async Task Child_WhoseOrchestrationBrokeDown_CountsAsFailed()
    {
        await using ServiceFixture fixture = await OpenAsync("\"Type\":\"Wait\",\"Seconds\":864000");
        string execution = await fixture.StartAsync("M", JsonArray.Create(1));
        await fixture.UntilAsync(() => fixture.Host.Durable.All().Count == 3);
        DurableInstance child = fixture.Host.Durable.All().Single(i => i.Name == ActivityNames.Orchestrator && !i.Id.StartsWith("M-e-", StringComparison.Ordinal));
        fixture.Host.Durable.Terminate(child.Id, null, recursive: false);

        Assert.Equal("States.ExceedToleratedFailureThreshold", ((JsonString)(await fixture.EndAsync(execution))["error"]!).Value);
    }

    [Fact]
    public async Task Reader_OfAFileThatIsNotThere_FailsTheRun()
    {
        await using ServiceFixture fixture = await OpenAsync(
            "\"Type\":\"Pass\"",
            ",\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{\"InputType\":\"JSON\"},\"Parameters\":{\"Bucket\":\"none-here\",\"Key\":\"a.json\"}}");
        string execution = await fixture.StartAsync("M", JsonObject.Empty);

        Assert.Equal("States.ItemReaderFailed", ((JsonString)(await fixture.EndAsync(execution))["error"]!).Value);
        JsonObject run = (JsonObject)((JsonArray)(await fixture.CallAsync("ListMapRuns", ("executionArn", execution)))["mapRuns"]!)[0];
        Assert.Equal("FAILED", ((JsonString)(await fixture.CallAsync("DescribeMapRun", ("mapRunArn", run["mapRunArn"]!)))["status"]!).Value);
    }

    private static (int Pending, int Running, int Succeeded) Counts(JsonObject run, string member)
    {
        var counts = (JsonObject)run[member]!;
        return ((int)Number(counts["pending"]), (int)Number(counts["running"]), (int)Number(counts["succeeded"]));
    }

    private static long Number(JsonValue? value) => ((JsonNumber)value!).TryGetInt64(out long number) ? number : throw new FormatException($"{value} is no whole number.");

    private static string Output(JsonObject described) => ((JsonString)described["output"]!).Value;

    private static string Task(string function) => $"\"Type\":\"Task\",\"Resource\":\"{Requests.Function(function)}\"";

    private async Task<ServiceFixture> OpenAsync(string state, string more = "")
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", $$"""
            {"StartAt":"M","States":{"M":{"Type":"Map"{{more}},"End":true,"ItemProcessor":{
              "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
              "StartAt":"I","States":{"I":{ {{state}},"End":true} } } } } }
            """);
        return fixture;
    }
}
