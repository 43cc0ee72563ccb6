using StepFlow.Execution.History;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Tasks that wait for a job (<c>.sync</c>): the job is asked for by a durable timer, and no activity lasts as long as it.</summary>
public sealed class JobTests(AzuriteFixture azurite)
{
    private const string Resource = "startJobRun.sync";
    private const string Invoke = "invoke";
    private const string FunctionMachine = """{"StartAt":"F","States":{"F":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}""";
    private const string Machine = """{"StartAt":"J","States":{"J":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"j"},"End":true}}}""";

    [Fact]
    public async Task Job_OfDays_IsPolled_AndStartedOnce()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Tasks.On(Resource, static call => Asked(call) < 250
            ? new TaskPending(JsonObject.Create(("JobRunId", "r")), JsonObject.Create(("asked", Asked(call) + 1)), TimeSpan.FromMinutes(30))
            : new TaskCompleted(JsonObject.Create(("JobRunState", "SUCCEEDED"))));
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M");

        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("""{"JobRunState":"SUCCEEDED"}""", ((JsonString)ended["output"]!).Value);
        TaskCall[] calls = [.. fixture.Host.Tasks.Calls];
        Assert.Equal(Enumerable.Range(0, 251), calls.Select(Asked));
        Assert.All(calls, static call => Assert.True(call.PollsJobs && !call.StopsJob && call.Arguments == JsonValue.Parse("""{"JobName":"j"}""")));
        Assert.Single(calls.Select(static call => call.IdempotencyKey).Distinct());
        IReadOnlyList<HistoryEvent> history = await fixture.HistoryAsync(execution);
        Assert.Equal(
            [
                HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted,
                HistoryEventType.TaskSubmitted, HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
            ],
            history.Select(static one => one.Type));
        Assert.True(history[^1].Timestamp - history[0].Timestamp >= TimeSpan.FromHours(125));
    }

    [Fact]
    public async Task Restart_WhileAJobRuns_PollsIt()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Tasks.On(Resource, static call => Asked(call) == 0
            ? new TaskPending(JsonObject.Empty, JsonObject.Create(("asked", 1)), TimeSpan.FromHours(1))
            : new TaskRejected("States.TaskFailed", "it failed"));
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(execution)).Contains(HistoryEventType.TaskSubmitted));
        await fixture.Host.RestartAsync();

        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("it failed", ((JsonString)ended["cause"]!).Value);
        Assert.Equal([0, 1], fixture.Host.Tasks.Calls.Select(Asked));
    }

    [Fact]
    public async Task Stop_WhileAJobRuns_StopsIt()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Tasks.On(Resource, static call => call.StopsJob
            ? new TaskCompleted(JsonObject.Empty)
            : new TaskPending(JsonObject.Empty, JsonObject.Create(("asked", 1)), TimeSpan.FromHours(1)));
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(execution)).Contains(HistoryEventType.TaskSubmitted));

        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");
        await fixture.UntilAsync(() => fixture.Host.Tasks.Calls.Count == 2);

        TaskCall stop = fixture.Host.Tasks.Calls.Last();
        Assert.Equal((true, 1), (stop.StopsJob, Asked(stop)));
    }

    /// <summary>A function that a job runs is polled the same way, but its history is a function's: no TaskSubmitted.</summary>
    [Fact]
    public async Task Function_ThatAJobRuns_IsPolled_AndItsHistoryIsThatOfAFunction()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Tasks.On(Invoke, static call => Asked(call) < 3
            ? new TaskPending(JsonObject.Empty, JsonObject.Create(("asked", Asked(call) + 1)), TimeSpan.FromMinutes(30))
            : new TaskCompleted(JsonObject.Create(("Payload", 1))));
        await fixture.CreateMachineAsync("M", FunctionMachine);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => !fixture.Host.Tasks.Calls.IsEmpty);
        await fixture.Host.RestartAsync();

        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("""{"Payload":1}""", ((JsonString)ended["output"]!).Value);
        TaskCall[] calls = [.. fixture.Host.Tasks.Calls];
        Assert.Equal([0, 1, 2, 3], calls.Select(Asked).Distinct());
        Assert.All(calls, static call => Assert.Equal(JsonValue.Parse("""{"FunctionName":"f"}"""), call.Arguments));
        Assert.Equal(
            [
                HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted,
                HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
            ],
            await fixture.TypesAsync(execution));
    }

    [Fact]
    public async Task Stop_WhileAJobRunsAFunction_StopsTheJob()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Tasks.On(Invoke, static call => call.StopsJob
            ? new TaskCompleted(JsonObject.Empty)
            : new TaskPending(JsonObject.Empty, JsonObject.Create(("asked", Asked(call) + 1)), TimeSpan.FromSeconds(1)));
        await fixture.CreateMachineAsync("M", FunctionMachine);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => fixture.Host.Tasks.Calls.Count > 1, movesClock: true);

        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");
        await fixture.UntilAsync(() => fixture.Host.Tasks.Calls.Any(static call => call.StopsJob));

        Assert.Equal("""{"FunctionName":"f"}""", fixture.Host.Tasks.Calls.Last(static call => call.StopsJob).Arguments.ToString());
    }

    /// <summary>The response that names the job arrives when the task is no longer awaited.</summary>
    [Theory]
    [InlineData(Resource, """{"StartAt":"J","States":{"J":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"j"},"End":true}}}""")]
    [InlineData(Invoke, """{"StartAt":"F","States":{"F":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}""")]
    public async Task Stop_WhileAJobIsStarted_StopsIt(string resource, string machine)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        var isStopped = new TaskCompletionSource();
        fixture.Host.Tasks.On(resource, (call, _) => StartAsync(call, isStopped.Task));
        await fixture.CreateMachineAsync("M", machine);
        string execution = await fixture.StartAsync("M");
        await fixture.UntilAsync(() => !fixture.Host.Tasks.Calls.IsEmpty);

        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        if (resource == Invoke)
        {
            await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");
        }

        isStopped.SetResult();
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));

        Assert.Equal("ABORTED", await fixture.StatusAsync(execution));
        TaskCall stop = Assert.Single(fixture.Host.Tasks.Calls, static call => call.StopsJob);
        Assert.Equal((1, fixture.Host.Tasks.Calls.First().IdempotencyKey, fixture.Host.Tasks.Calls.First().Arguments), (Asked(stop), stop.IdempotencyKey, stop.Arguments));
    }

    /// <summary>A job that is started in one branch of a Parallel when the other branch fails.</summary>
    [Theory]
    [InlineData("Parallel")]
    [InlineData("Timeout")]
    public async Task Failure_WhileAJobIsStarted_StopsItAndTheExecutionContinues(string kind)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        var isLeft = new TaskCompletionSource();
        fixture.Host.Tasks.On(Invoke, (call, _) => StartAsync(call, isLeft.Task)).On("fails", static _ => new TaskRejected("No", null)).On("after", static _ => new TaskCompleted(1));
        string job = """{"StartAt":"F","States":{"F":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"TimeoutSeconds":60,"End":true}}}""";
        string fails = "{\"StartAt\":\"X\",\"States\":{\"X\":{\"Type\":\"Task\",\"Resource\":\"" + Requests.Function("fails") + "\",\"End\":true}}}";
        await fixture.CreateMachineAsync("M", $$"""
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","Branches":[{{job}}{{(kind == "Parallel" ? "," + fails : string.Empty)}}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"A"}],"End":true},
              "A":{"Type":"Task","Resource":"{{Requests.Function("after")}}","End":true} } }
            """);
        string execution = await fixture.StartAsync("M");

        JsonObject ended = await fixture.EndAsync(execution);
        Assert.Equal("SUCCEEDED", ((JsonString)ended["status"]!).Value);
        isLeft.SetResult();
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));

        Assert.Equal(1, Asked(Assert.Single(fixture.Host.Tasks.Calls, static call => call.StopsJob)));
    }

    private static async Task<TaskOutcome> StartAsync(TaskCall call, Task isLeft)
    {
        if (call.StopsJob)
        {
            return new TaskCompleted(JsonObject.Empty);
        }

        await isLeft;
        return new TaskPending(JsonObject.Empty, JsonObject.Create(("asked", 1)), TimeSpan.FromHours(1));
    }

    private static int Asked(TaskCall call) => call.JobReference is JsonObject reference && reference["asked"] is JsonNumber number && number.TryGetInt64(out long asked) ? (int)asked : 0;
}
