using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.InMemory;

public sealed class InMemoryActivityQueueTests
{
    private static readonly ActivityTask First = new("token-1", "execution", "task-1", 1);
    private static readonly ActivityTask Second = new("token-2", "execution", "task-2", 2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DequeueAsync_TasksWait_GivesTheOldestOnce()
    {
        var queue = new InMemoryActivityQueue(TimeProvider.System);
        await queue.EnqueueAsync("activity", First, Cancelled);
        await queue.EnqueueAsync("activity", First, Cancelled);
        await queue.EnqueueAsync("activity", Second, Cancelled);

        Assert.Equal(First, await queue.DequeueAsync("activity", TimeSpan.Zero, Cancelled));
        Assert.Equal(Second, await queue.DequeueAsync("activity", TimeSpan.Zero, Cancelled));
        Assert.Null(await queue.DequeueAsync("activity", TimeSpan.Zero, Cancelled));
    }

    [Fact]
    public async Task DequeueAsync_WorkerWaits_GetsTheNextTask()
    {
        var queue = new InMemoryActivityQueue(TimeProvider.System);
        Task<ActivityTask?> worker = queue.DequeueAsync("activity", TimeSpan.FromHours(1), Cancelled);
        await queue.EnqueueAsync("activity", First, Cancelled);
        Assert.Equal(First, await worker);
    }

    [Fact]
    public async Task DequeueAsync_NothingComes_EndsAfterTheWait()
    {
        var clock = new VirtualClock(Runs.Start);
        var queue = new InMemoryActivityQueue(clock);
        Assert.Null(await clock.RunAsync(() => queue.DequeueAsync("activity", TimeSpan.FromSeconds(60), Cancelled)));
        Assert.Equal(Runs.Start.AddSeconds(60), clock.GetUtcNow());
    }

    [Fact]
    public async Task RemoveAsync_TaskWaits_TakesItAway()
    {
        var queue = new InMemoryActivityQueue(TimeProvider.System);
        await queue.EnqueueAsync("activity", First, Cancelled);
        Assert.True(await queue.RemoveAsync("activity", First.TaskToken, Cancelled));
        Assert.False(await queue.RemoveAsync("activity", First.TaskToken, Cancelled));
        Assert.Null(await queue.DequeueAsync("activity", TimeSpan.Zero, Cancelled));
    }
}
