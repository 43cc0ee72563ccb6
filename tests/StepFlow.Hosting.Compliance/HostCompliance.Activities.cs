using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Runtime.Ports;

namespace StepFlow.Hosting.Compliance;

/// <summary>Activities' tasks, and executions that are started with a test case of a mock configuration.</summary>
public abstract partial class HostCompliance
{
    private const string Work = "arn:aws:states:us-east-1:123456789012:activity:work";

    private static readonly string ActivityThenFunction = $$"""
        {"StartAt":"A","States":{
          "A":{"Type":"Task","Resource":"{{Work}}","Next":"F"},
          "F":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }
        """;

    [Fact]
    public async Task Activity_TakenAndCompleted_Continues()
    {
        await using HostFixture fixture = await OpenAsync();
        await fixture.CreateActivityAsync("work");
        fixture.Tasks.Returns("work", "function");
        await StartAsync(fixture, "a", ActivityThenFunction);
        await WorkAsync(fixture, "a", "worker");
        Assert.Equal("\"function\"", (await EndAsync(fixture, "a")).Output!.ToString());
        await AssertHistoryAsync(
            fixture,
            "a",
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.ActivityScheduled,
            HistoryEventType.ActivityStarted,
            HistoryEventType.ActivitySucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionSucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.ExecutionSucceeded);
    }

    [Fact]
    public async Task Activity_OfAStoppedExecution_IsGivenToNobody()
    {
        await using HostFixture fixture = await OpenAsync();
        await fixture.CreateActivityAsync("work");
        await StartAsync(fixture, "a", ActivityThenFunction);
        await ScheduledAsync(fixture, "a");
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation));
        await EndAsync(fixture, "a");
        await UntilAsync(async () => await fixture.Activities.DequeueAsync(Work, TimeSpan.Zero, Cancellation) is null);
    }

    [Fact]
    public async Task Mock_OfAnotherState_LeavesTheActivityToItsWorker()
    {
        await using HostFixture fixture = await OpenMockedAsync("""{"F":"Mocked"}""");
        await StartMockedAsync(fixture, ActivityThenFunction);
        await WorkAsync(fixture, "a", "worker");
        Assert.Equal("\"mocked\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Empty(fixture.Tasks.Calls);
    }

    [Fact]
    public async Task Mock_OfAnActivity_RespondsInstead()
    {
        await using HostFixture fixture = await OpenMockedAsync("""{"A":"Mocked"}""");
        fixture.Tasks.On("work", call => new Integrations.Tasks.TaskCompleted(call.Arguments));
        await StartMockedAsync(fixture, ActivityThenFunction);
        Assert.Equal("\"mocked\"", (await EndAsync(fixture, "a")).Output!.ToString());
        Assert.Null(await fixture.Activities.DequeueAsync(Work, TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task Mock_ForOneAttempt_FailsTheNext()
    {
        await using HostFixture fixture = await OpenMockedAsync("""{"T":"Busy"}""");
        await StartMockedAsync(fixture, Machines.Task("work"));
        ExecutionRecord ended = await EndAsync(fixture, "a");
        Assert.Equal((ExecutionStatus.Failed, "Busy", "Try later."), (ended.Status, ended.Error, ended.Cause));
    }

    private static Task<StartOutcome> StartMockedAsync(HostFixture fixture, string definition) =>
        fixture.Host.StartAsync(Requests.Of(fixture, "a", definition) with { MockTestCase = "Case" }, Cancellation);

    private async Task<HostFixture> OpenMockedAsync(string states)
    {
        HostFixture fixture = CreateFixture();
        fixture.UseMocks(
            $$$"""
            {"StateMachines":{"Test":{"TestCases":{"Case":{{{states}}} } } },
             "MockedResponses":{
               "Mocked":{"0":{"Return":"mocked"} },
               "Busy":{"0":{"Throw":{"Error":"Busy","Cause":"Try later."} } } } }
            """);
        await fixture.StartAsync();
        await fixture.CreateActivityAsync("work");
        return fixture;
    }

    private static Task ScheduledAsync(HostFixture fixture, string name) => UntilAsync(async () =>
        (await fixture.Host.HistoryAsync(Requests.Arn(name), null, 100, reverse: false, Cancellation)).Any(item => item.Type == HistoryEventType.ActivityScheduled));

    /// <summary>Does an activity's task as a worker does.</summary>
    private static async Task WorkAsync(HostFixture fixture, string name, string worker)
    {
        ActivityTask? task = null;
        await UntilAsync(async () => (task = await fixture.Activities.DequeueAsync(Work, TimeSpan.Zero, Cancellation)) is not null);
        Assert.Equal(Requests.Arn(name), task!.ExecutionArn);
        Assert.True(await fixture.Host.SignalAsync(task.ExecutionArn, new TaskStarted(fixture.Now, task.TaskId, worker), Cancellation));
        Assert.True(await fixture.Host.SignalAsync(task.ExecutionArn, new TaskSucceeded(fixture.Now, task.TaskId, "done"), Cancellation));
    }
}
