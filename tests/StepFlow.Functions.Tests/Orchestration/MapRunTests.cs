using StepFlow.Execution.History;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Distributed Maps, whose children are sub-orchestrations.</summary>
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
    public async Task Child_WaitingForItsToken_IsAnswered()
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
