using Azure;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tests.Tasks;

public sealed class OutagesTests
{
    public static TheoryData<Exception, bool> Failures { get; } = new()
    {
        { new RequestFailedException(0, "no connection"), true },
        { new RequestFailedException(503, "busy"), true },
        { new RequestFailedException(429, "slow down"), true },
        { new RequestFailedException(400, "bad"), false },
        { new RequestFailedException(403, "no"), false },
        { new HttpRequestException("no connection"), true },
        { new IOException("disk full"), true },
        { new TimeoutException(), true },
        { new TaskOutageException("busy"), true },
        { new AggregateException(new IOException("a"), new IOException("b")), true },
        { new ArgumentException("bad"), false },
        { new InvalidOperationException("bug"), false },
        { new FormatException("bad"), false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Run_IntegrationThrows_FailsTheTaskUnlessItIsAnOutage(Exception failure, bool isOutage)
    {
        var router = new TaskRouter([new Throwing(failure)]);
        Task<TaskOutcome> run = router.RunAsync(TestIntegrations.Call("own:throw", "{}"), TestContext.Current.CancellationToken);

        if (isOutage)
        {
            Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => run));
            return;
        }

        var rejected = Assert.IsType<TaskRejected>(await run);
        Assert.Equal("States.TaskFailed", rejected.Error);
        Assert.Contains(failure.Message.Split('\n')[0], rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Cancelled_IsNoFailureOfTheTask()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var router = new TaskRouter([new Throwing(new OperationCanceledException(cancelled.Token))]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => router.RunAsync(TestIntegrations.Call("own:throw", "{}"), cancelled.Token));
    }

    private sealed class Throwing(Exception failure) : ITaskIntegration
    {
        public string Name => "own:throw";

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => Task.FromException<TaskOutcome>(failure);
    }
}
