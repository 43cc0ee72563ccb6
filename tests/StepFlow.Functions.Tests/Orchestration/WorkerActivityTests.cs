using StepFlow.Execution.History;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Tasks of activities, done by workers (GetActivityTask).</summary>
public sealed class WorkerActivityTests(AzuriteFixture azurite)
{
    private static readonly string ActivityArn = $"arn:aws:states:{ServiceFixture.Account}:activity:work";

    [Fact]
    public async Task Activity_DoneByAWorker_EndsTheTask()
    {
        await using ServiceFixture fixture = await OpenAsync(string.Empty);
        string execution = await fixture.StartAsync("M", JsonObject.Create(("n", 1)));
        JsonObject task = await TakeAsync(fixture);
        await fixture.Host.RestartAsync();
        await fixture.CallAsync("SendTaskHeartbeat", ("taskToken", task["taskToken"]!));
        await fixture.CallAsync("SendTaskSuccess", ("taskToken", task["taskToken"]!), ("output", "42"));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("""{"n":1}""", ((JsonString)task["input"]!).Value);
        Assert.Equal("42", ((JsonString)ended["output"]!).Value);
        Assert.Equal(
            [
                HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.ActivityScheduled, HistoryEventType.ActivityStarted,
                HistoryEventType.ActivitySucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
            ],
            await fixture.TypesAsync(execution));
        Assert.Equal("TaskTimedOut", await fixture.RefusedAsync("SendTaskSuccess", ("taskToken", task["taskToken"]!), ("output", "43")));
    }

    [Fact]
    public async Task Activity_WhoseExecutionStopped_IsDeliveredToNobody()
    {
        await using ServiceFixture fixture = await OpenAsync(string.Empty);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => fixture.Host.Durable.ActivityCalls.ContainsKey("EnqueueActivityTask"));
        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");

        Assert.False((await PollAsync(fixture)).ContainsKey("taskToken"));
    }

    [Fact]
    public async Task Activity_WithoutAHeartbeat_TimesOut()
    {
        await using ServiceFixture fixture = await OpenAsync(",\"HeartbeatSeconds\":60");
        string execution = await fixture.StartAsync("M");
        JsonObject task = await TakeAsync(fixture);
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("States.Timeout", ((JsonString)ended["error"]!).Value);
        Assert.Equal("TaskTimedOut", await fixture.RefusedAsync("SendTaskSuccess", ("taskToken", task["taskToken"]!), ("output", "1")));
    }

    /// <summary>Requests the task until it is there: a poll may end before the orchestration has queued it.</summary>
    private static async Task<JsonObject> TakeAsync(ServiceFixture fixture)
    {
        await fixture.UntilAsync(() => fixture.Host.Durable.ActivityCalls.ContainsKey("EnqueueActivityTask"));
        JsonObject task = JsonObject.Empty;
        await fixture.UntilAsync(async () =>
        {
            task = await PollAsync(fixture);
            return task.ContainsKey("taskToken");
        });
        return task;
    }

    /// <summary>Requests a task once, as a worker does; its poll waits on the clock.</summary>
    private static async Task<JsonObject> PollAsync(ServiceFixture fixture)
    {
        Task<JsonObject> poll = fixture.CallAsync("GetActivityTask", ("activityArn", ActivityArn), ("workerName", "me"));
        await fixture.UntilAsync(() =>
        {
            fixture.Host.Clock.Advance(TimeSpan.FromMilliseconds(250));
            return poll.IsCompleted;
        });
        return await poll;
    }

    private async Task<ServiceFixture> OpenAsync(string more)
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CallAsync("CreateActivity", ("name", "work"));
        await fixture.CreateMachineAsync("M", $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{ActivityArn}}"{{more}},"End":true} } }""");
        return fixture;
    }
}
