using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Tasks;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.Tasks;

/// <summary>Functions whose result is not awaited: called at least once, even if the process ends meanwhile.</summary>
public sealed class DeferredInvocationsTests
{
    private readonly InMemoryDocumentStore _documents = new();
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TaskCall Call { get; } = new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:1:execution:m:e",
        ExecutionName = "e",
        StateMachineArn = "arn:aws:states:us-east-1:1:stateMachine:m",
        StateName = "Send",
        Resource = TaskResource.Parse("arn:aws:states:::lambda:invoke"),
        Arguments = JsonValue.Parse("""{"FunctionName":"f","Payload":{"n":1}}"""),
        IdempotencyKey = "arn:aws:states:us-east-1:1:execution:m:e/7",
    };

    [Fact]
    public async Task StoredCall_IsMadeOnce_AndThenDeleted()
    {
        var runner = new Runner(static _ => new TaskCompleted(JsonValue.Null));
        await using DeferredInvocations invocations = Create(runner);

        await invocations.StoreAsync(Call, Cancellation);
        await invocations.RunDueAsync(Cancellation);
        await invocations.RunDueAsync(Cancellation);

        Assert.Equal(Call.IdempotencyKey, Assert.Single(runner.Calls).IdempotencyKey);
        Assert.Empty(await ListAsync());
    }

    /// <summary>As after a crash: the document is there, and the process that had it is not.</summary>
    [Fact]
    public async Task CallOfAProcessThatHasEnded_IsMadeByAnother_WhenItsLeaseExpires()
    {
        DeferredInvocations first = Create(Runner.Endless(out Task called));
        await first.StoreAsync(Call, Cancellation);
        await called.WaitAsync(Cancellation);
        await first.DisposeAsync();
        Assert.Single(await ListAsync());

        var runner = new Runner(static _ => new TaskCompleted(JsonValue.Null));
        await using DeferredInvocations second = Create(runner);
        await second.RunDueAsync(Cancellation);
        Assert.Empty(runner.Calls);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await second.RunDueAsync(Cancellation);

        TaskCall made = Assert.Single(runner.Calls);
        Assert.Equal((Call.ExecutionArn, Call.StateName, Call.Arguments, Call.Resource), (made.ExecutionArn, made.StateName, made.Arguments, made.Resource));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task CallOfAProcessThatHasEnded_IsMadeAtOnce_ByTheOnlyHost()
    {
        DeferredInvocations first = Create(Runner.Endless(out Task called));
        await first.StoreAsync(Call, Cancellation);
        await called.WaitAsync(Cancellation);
        await first.DisposeAsync();

        DeferredInvocations second = Create(Runner.Endless(out Task calledAgain));
        using var stopping = new CancellationTokenSource();
        Task running = second.RunAsync(stopping.Token);
        await calledAgain.WaitAsync(Cancellation);

        await stopping.CancelAsync();
        await running;
        await second.DisposeAsync();
    }

    [Fact]
    public async Task CallThatFailed_WaitsForItsTime_AlsoAfterARestart()
    {
        var failing = new Runner(static _ => new TaskRejected("Error", null));
        await using (DeferredInvocations first = Create(failing))
        {
            await first.StoreAsync(Call, Cancellation);
            await first.RunDueAsync(Cancellation);
        }

        var runner = new Runner(static _ => new TaskCompleted(JsonValue.Null));
        await using DeferredInvocations second = Create(runner);
        using var stopping = new CancellationTokenSource();
        Task running = second.RunAsync(stopping.Token);
        await second.RunDueAsync(Cancellation);
        await stopping.CancelAsync();
        await running;

        Assert.Single(failing.Calls);
        Assert.Empty(runner.Calls);
    }

    [Fact]
    public async Task Storage_ThatDoesNotRespondInTime_IsReadAgain()
    {
        var documents = new FailingDocuments { Failure = new TaskCanceledException("The request timed out.") };
        await documents.WriteAsync("deferred-invocations", "k", new DeferredCall(Call, _clock.GetUtcNow(), _clock.GetUtcNow(), 0).ToJson(), null, Cancellation);
        var runner = new Runner(static _ => new TaskCompleted(JsonValue.Null));
        await using var invocations = new DeferredInvocations(documents, new(() => runner), _clock, NullLogger<DeferredInvocations>.Instance);
        using var stopping = new CancellationTokenSource();
        documents.Failures = 1;
        Task running = invocations.RunAsync(stopping.Token);
        while (runner.Calls.IsEmpty)
        {
            Assert.False(running.IsCompleted);
            _clock.Advance(TimeSpan.FromMinutes(1));
            // Real time: the call runs on another thread.
            await Task.Delay(5, Cancellation);
        }

        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task CallThatAnotherProcessHas_IsLeftToIt()
    {
        await using DeferredInvocations first = Create(Runner.Endless(out Task called));
        await first.StoreAsync(Call, Cancellation);
        await called.WaitAsync(Cancellation);
        var runner = new Runner(static _ => new TaskCompleted(JsonValue.Null));
        await using DeferredInvocations second = Create(runner);

        await second.RunDueAsync(Cancellation);

        Assert.Empty(runner.Calls);
    }

    [Fact]
    public async Task FunctionThatFails_IsCalledTwiceMore()
    {
        var runner = new Runner(static _ => new TaskRejected("Oops", "no"));
        await using DeferredInvocations invocations = Create(runner);
        await invocations.StoreAsync(Call, Cancellation);
        await invocations.RunDueAsync(Cancellation);
        Assert.Single(runner.Calls);

        foreach ((int minutes, int calls) in ((int, int)[])[(1, 2), (1, 2), (1, 3), (60, 3)])
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            await invocations.RunDueAsync(Cancellation);
            Assert.Equal(calls, runner.Calls.Count);
        }

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Outage_IsWaitedOut()
    {
        int outages = 20;
        var runner = new Runner(_ => outages-- > 0 ? throw new TaskOutageException("busy") : new TaskCompleted(JsonValue.Null));
        await using DeferredInvocations invocations = Create(runner);
        await invocations.StoreAsync(Call, Cancellation);
        await invocations.RunDueAsync(Cancellation);
        for (int n = 0; n < 20; n++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await invocations.RunDueAsync(Cancellation);
        }

        Assert.Equal(21, runner.Calls.Count);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task SameCallAgain_WhileItIsStored_ChangesNothing()
    {
        var runner = new Runner(static _ => new TaskRejected("Oops", "no"));
        await using DeferredInvocations invocations = Create(runner);

        await invocations.StoreAsync(Call, Cancellation);
        await invocations.RunDueAsync(Cancellation);
        await invocations.StoreAsync(Call, Cancellation);
        await invocations.RunDueAsync(Cancellation);

        Assert.Single(runner.Calls);
    }

    private DeferredInvocations Create(ITaskRunner runner) => new(_documents, new(() => runner), _clock, NullLogger<DeferredInvocations>.Instance);

    private Task<IReadOnlyList<Document>> ListAsync() => _documents.ListAsync("deferred-invocations", string.Empty, null, 10, Cancellation);

    private sealed class Runner(Func<TaskCall, CancellationToken, Task<TaskOutcome>> run) : ITaskRunner
    {
        public Runner(Func<TaskCall, TaskOutcome> run)
            : this((call, _) => Task.FromResult(run(call)))
        {
        }

        public ConcurrentQueue<TaskCall> Calls { get; } = new();

        /// <summary>Runs until it is cancelled.</summary>
        public static Runner Endless(out Task called)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            called = source.Task;
            return new(async (_, cancelled) =>
            {
                source.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                return new TaskQueued();
            });
        }

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            Calls.Enqueue(call);
            return run(call, cancellationToken);
        }
    }
}
