using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Service.Configuration;

namespace StepFlow.Functions.Tests.Triggers;

public sealed class RetentionTriggerTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Retention = new ServiceSettings().Retention!.Value;
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

    private const string Asks = """
        {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/q","MessageBody.$":"$$.Task.Token"},"End":true}}}
        """;

    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_LongAfterAnExecutionEnded_RemovesAllOfIt()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        string arn = await fixture.StartAsync("M");
        await fixture.EndAsync(arn);

        fixture.Host.Clock.Advance(Retention - ADay);
        await RunAsync(fixture);
        Assert.Equal("SUCCEEDED", await fixture.StatusAsync(arn));
        fixture.Host.Clock.Advance(2 * ADay);
        await RunAsync(fixture);

        Assert.Equal("ExecutionDoesNotExist", await fixture.RefusedAsync("DescribeExecution", ("executionArn", arn)));
        Assert.Empty(await fixture.HistoryAsync(arn));
        Assert.Null(fixture.Host.Durable.Find(InstanceIds.Of(arn)));
        JsonObject list = await fixture.CallAsync("ListExecutions", ("stateMachineArn", ServiceFixture.MachineArn("M")));
        Assert.Empty((JsonArray)list["executions"]!);
    }

    [Fact]
    public async Task RunAsync_LongAfterARedrivenExecutionEnded_RemovesTheInstanceOfEachRedrive()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", """{"StartAt":"F","States":{"F":{"Type":"Fail"}}}""");
        string arn = await fixture.StartAsync("M");
        await fixture.EndAsync(arn);
        await fixture.CallAsync("RedriveExecution", ("executionArn", arn));
        await fixture.EndAsync(arn);
        await fixture.Host.Client.WaitForInstanceCompletionAsync(InstanceIds.Of(arn, 1), Cancelled);
        Assert.Equal(2, fixture.Host.Durable.All().Count);

        fixture.Host.Clock.Advance(Retention + ADay);
        await RunAsync(fixture);

        Assert.Empty(fixture.Host.Durable.All());
    }

    [Fact]
    public async Task RunAsync_WhileAnExecutionRuns_KeepsItHoweverOld()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Empty));
        await fixture.CreateMachineAsync("M", Asks);
        string arn = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 1);

        fixture.Host.Clock.Advance(2 * Retention);
        await RunAsync(fixture);

        Assert.Equal("RUNNING", await fixture.StatusAsync(arn));
        await fixture.CallAsync("StopExecution", ("executionArn", arn));
        await fixture.EndAsync(arn);
        await RunAsync(fixture);
        Assert.Equal("ABORTED", await fixture.StatusAsync(arn));
    }

    [Fact]
    public async Task RunAsync_AfterAStartThatBrokeOff_TakesItUp()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        fixture.Host.Client.IsDown = true;
        Assert.Equal(
            "ServiceUnavailable", await fixture.RefusedAsync("StartExecution", ("stateMachineArn", ServiceFixture.MachineArn("M")), ("name", "e")));
        fixture.Host.Client.IsDown = false;
        string arn = ServiceFixture.ExecutionArn("M", "e");

        await RunAsync(fixture);
        Assert.Null(fixture.Host.Durable.Find(InstanceIds.Of(arn)));
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(15));
        await RunAsync(fixture);

        Assert.Equal("SUCCEEDED", ((JsonString)(await fixture.EndAsync(arn))["status"]!).Value);
        Assert.Equal([1, 2, 3, 4], (await fixture.HistoryAsync(arn)).Select(e => e.Id));
    }

    /// <summary>Weeks after its start it is no longer among the lines that an alert may search.</summary>
    [Fact]
    public async Task RunAsync_WhileAnExecutionRuns_LogsHowOldItIs()
    {
        var log = new LogLines();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: services => services.AddSingleton<ILoggerProvider>(log));
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted(JsonObject.Empty));
        await fixture.CreateMachineAsync("M", Asks);
        await RunAsync(fixture);
        string arn = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 1);

        fixture.Host.Clock.Advance(30 * ADay);
        await RunAsync(fixture);
        await fixture.CallAsync("StopExecution", ("executionArn", arn));
        await fixture.EndAsync(arn);

        // Its record contains the end before the orchestration itself has completed.
        await fixture.Host.Client.WaitForInstanceCompletionAsync(InstanceIds.Of(arn), Cancelled);
        await RunAsync(fixture);

        Assert.Equal(
            ["executions-running count=0 oldestSeconds=0 oldest=-", $"executions-running count=1 oldestSeconds=2592000 oldest={InstanceIds.Of(arn)}", "executions-running count=0 oldestSeconds=0 oldest=-"],
            log.Of(typeof(RunningExecutions).FullName!));
    }

    private static Task RunAsync(ServiceFixture fixture) =>
        ((RetentionTrigger)fixture.Host.App.Create(typeof(RetentionTrigger))).RunAsync(new TimerInfo(), fixture.Host.Client, Cancelled);
}
