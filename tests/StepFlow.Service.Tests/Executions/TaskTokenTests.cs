using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Executions;

/// <summary>Tasks that people and workers end: activities, task tokens.</summary>
public sealed class TaskTokenTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Outcome_Twice_CountsOnce()
    {
        var test = new TestService();
        (string execution, string token) = await TakeAsync(test);
        await test.CallAsync("SendTaskSuccess", ("taskToken", token), ("output", "1"));

        (string code, string message) = await test.RefuseAsync("SendTaskSuccess", ("taskToken", token), ("output", "2"));

        Assert.Equal(ErrorCodes.TaskTimedOut, code);
        Assert.Equal("Task Timed Out: 'Provided task does not exist anymore'", message);
        Assert.Equal("1", (await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!.Output!.ToString());
    }

    [Fact]
    public async Task Outcome_ManyAtOnce_OneCounts()
    {
        var test = new TestService();
        (_, string token) = await TakeAsync(test);

        ApiResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => test.Service.InvokeAsync(
            "SendTaskSuccess",
            JsonObject.Create(("taskToken", token), ("output", $"{i}")),
            CallerContext.Internal,
            TestContext.Current.CancellationToken)));

        Assert.Single(results, result => result.IsSuccess);
    }

    [Fact]
    public async Task Outcome_AlteredToken_IsInvalid()
    {
        var test = new TestService();
        (_, string token) = await TakeAsync(test);
        string altered = (token[10] == 'A' ? 'B' : 'A') is var other ? token[..10] + other + token[11..] : token;

        (string code, _) = await test.RefuseAsync("SendTaskHeartbeat", ("taskToken", altered));

        Assert.Equal(ErrorCodes.InvalidToken, code);
    }

    [Fact]
    public async Task Outcome_NoJson_IsInvalidOutput()
    {
        var test = new TestService();
        (_, string token) = await TakeAsync(test);

        (string code, _) = await test.RefuseAsync("SendTaskSuccess", ("taskToken", token), ("output", "no json"));

        Assert.Equal(ErrorCodes.InvalidOutput, code);
    }

    [Fact]
    public async Task Outcome_AfterTheHeartbeatExpired_IsTooLate()
    {
        var clock = new VirtualClock(Start);
        var test = new TestService(clock);
        (string code, string? error) = await clock.RunAsync(async () =>
        {
            (string execution, string token) = await TakeAsync(test, ",\"HeartbeatSeconds\":60");
            await Task.Delay(TimeSpan.FromSeconds(50), clock);
            await test.CallAsync("SendTaskHeartbeat", ("taskToken", token));
            await Task.Delay(TimeSpan.FromSeconds(50), clock);
            await test.CallAsync("SendTaskHeartbeat", ("taskToken", token));
            await Task.Delay(TimeSpan.FromSeconds(61), clock);
            (string late, _) = await test.RefuseAsync("SendTaskSuccess", ("taskToken", token), ("output", "1"));
            return (late, (await test.Host.WaitAsync(execution, CancellationToken.None))!.Error);
        });

        Assert.Equal(ErrorCodes.TaskTimedOut, code);
        Assert.Equal("States.Timeout", error);
    }

    [Fact]
    public async Task GetActivityTask_NothingToDo_RespondsAfterAMinute()
    {
        var clock = new VirtualClock(Start);
        var test = new TestService(clock);
        (JsonObject response, TimeSpan waited) = await clock.RunAsync(async () =>
        {
            string activity = TestService.Text(await test.CallAsync("CreateActivity", ("name", "a")), "activityArn");
            DateTimeOffset began = clock.GetUtcNow();
            return (await test.CallAsync("GetActivityTask", ("activityArn", activity)), clock.GetUtcNow() - began);
        });

        Assert.Equal(JsonObject.Empty, response);
        Assert.Equal(TimeSpan.FromSeconds(60), waited);
    }

    [Fact]
    public async Task GetActivityTask_CallerDisconnects_IsCancelled()
    {
        var test = new TestService();
        string activity = TestService.Text(await test.CallAsync("CreateActivity", ("name", "a")), "activityArn");
        using var gone = new CancellationTokenSource();
        Task<ApiResult> poll = test.Service.InvokeAsync("GetActivityTask", JsonObject.Create(("activityArn", activity)), CallerContext.Internal, gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    [Fact]
    public async Task GetActivityTask_TwoWorkers_NeverGetTheSameTask()
    {
        var test = new TestService();
        string activity = TestService.Text(await test.CallAsync("CreateActivity", ("name", "a")), "activityArn");
        string machine = await test.CreateAsync("m", Ask(activity, string.Empty));
        Task<JsonObject>[] polls = [.. Enumerable.Range(0, 10).Select(_ => test.CallAsync("GetActivityTask", ("activityArn", activity)))];
        for (int i = 0; i < 10; i++)
        {
            await test.StartAsync(machine);
        }

        JsonObject[] tasks = await Task.WhenAll(polls);

        Assert.Equal(10, tasks.Select(task => TestService.Text(task, "taskToken")).Distinct().Count());
    }

    [Fact]
    public async Task GetActivityTask_UnknownActivity_IsRefused()
    {
        (string code, string message) = await new TestService().RefuseAsync("GetActivityTask", ("activityArn", "arn:aws:states:us-east-1:123456789012:activity:none"));

        Assert.Equal(ErrorCodes.ActivityDoesNotExist, code);
        Assert.Equal("Activity Does Not Exist: 'arn:aws:states:us-east-1:123456789012:activity:none'", message);
    }

    [Fact]
    public async Task Task_OfAnUnknownActivity_Fails()
    {
        var test = new TestService();
        string execution = await test.StartAsync(await test.CreateAsync("m", Ask("arn:aws:states:us-east-1:123456789012:activity:none", string.Empty)));

        ExecutionRecord ended = (await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!;

        Assert.Equal("States.Runtime", ended.Error);
        Assert.Contains("The activity arn:aws:states:us-east-1:123456789012:activity:none does not exist.", ended.Cause, StringComparison.Ordinal);
    }

    private static string Ask(string activity, string more) =>
        "{\"StartAt\":\"Ask\",\"States\":{\"Ask\":{\"Type\":\"Task\",\"Resource\":\"" + activity + "\"" + more + ",\"End\":true}}}";

    /// <summary>Starts an execution whose activity task was taken: its ARN, and the task's token.</summary>
    private static async Task<(string Execution, string Token)> TakeAsync(TestService test, string more = "")
    {
        string activity = TestService.Text(await test.CallAsync("CreateActivity", ("name", "a")), "activityArn");
        string execution = await test.StartAsync(await test.CreateAsync("m", Ask(activity, more)));
        JsonObject task = await test.CallAsync("GetActivityTask", ("activityArn", activity), ("workerName", "w"));
        return (execution, TestService.Text(task, "taskToken"));
    }
}
