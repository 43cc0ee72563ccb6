using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.TaskLimits;

/// <summary>Tasks begin as the limits allow.</summary>
public sealed class TaskLimiterTests
{
    private const string Lambda = "arn:aws:states:::lambda:invoke";

    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = [];
    private int _most;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Lambda, false)]
    [InlineData(Lambda + ".waitForTaskToken", false)]
    [InlineData(Lambda, true)]
    public async Task EachKey_RunsAsManyTasksAsItMay(string resource, bool isShared)
    {
        var documents = new InMemoryDocumentStore();
        TaskLimiter[] processes = [.. Enumerable.Range(0, isShared ? 2 : 1).Select(_ => new TaskLimiter(
            [new("customers", new() { Resource = "*:lambda:invoke", Key = "$.customer", MaxConcurrency = 3 })], isShared ? new DocumentTaskLeases(documents, TimeProvider.System) : null, TimeProvider.System))];

        TaskOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => processes[index % processes.Length].RunAsync(
            RunAsync, Call(resource, index, index % 2 == 0 ? "a" : "b"), Cancelled)));

        Assert.All(outcomes, static outcome => Assert.IsType<TaskCompleted>(outcome));
        Assert.InRange(_most, 1, 3);
        Assert.Empty(await documents.ListAsync("task-limits", string.Empty, null, 10, Cancelled));
        Array.ForEach(processes, static process => process.Dispose());
    }

    [Fact]
    public Task WhoFindsNoTurn_IsDeferred_AndShowsTheHostThatItWaits() => _clock.RunAsync(async () =>
    {
        using var limiter = new TaskLimiter([new("one", new() { Resource = "*", MaxConcurrency = 1 })], null, _clock);
        var waits = new List<bool>();
        var first = new TaskCompletionSource<TaskOutcome>();
        Task<TaskOutcome> running = limiter.RunAsync((_, _) => first.Task, Call(Lambda, 1, "a"), Cancelled);

        var deferred = await Assert.ThrowsAsync<TaskDeferredException>(() => limiter.RunAsync(
            RunAsync, Call(Lambda, 2, "a") with { LongestLimitWait = TimeSpan.FromSeconds(30), WaitsForTurn = waits.Add }, Cancelled));

        Assert.Contains("StepFlow:TaskLimits:one", deferred.Message, StringComparison.Ordinal);
        Assert.Equal([true, false], waits);
        first.SetResult(new TaskCompleted(JsonValue.Null));
        await running;
        Assert.IsType<TaskCompleted>(await limiter.RunAsync(RunAsync, Call(Lambda, 2, "a"), Cancelled));
        return true;
    });

    private async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        string key = ((JsonString)((JsonObject)call.Arguments)["customer"]!).Value;
        lock (_gate)
        {
            _running[key] = _running.GetValueOrDefault(key) + 1;
            _most = Math.Max(_most, _running[key]);
        }

        await Task.Yield();
        lock (_gate)
        {
            _running[key]--;
        }

        return new TaskCompleted(JsonValue.Null);
    }

    private static TaskCall Call(string resource, int number, string customer) => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e",
        ExecutionName = "e",
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        StateName = "T",
        Resource = TaskResource.Parse(resource),
        Arguments = JsonObject.Create(("customer", customer)),
        IdempotencyKey = "e/" + number,
    };
}
