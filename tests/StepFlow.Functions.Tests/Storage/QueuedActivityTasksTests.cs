using Azure.Storage.Queues;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Storage;

public sealed class QueuedActivityTasksTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _activity = "arn:aws:states:us-east-1:123456789012:activity:" + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DequeueAsync_OfTasks_GivesEachOnceInOrder()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        foreach (string token in new[] { "1", "2", "3" })
        {
            await tasks.EnqueueAsync(_activity, Task(token), Cancelled);
        }

        var taken = new List<ActivityTask?>();
        for (int i = 0; i < 4; i++)
        {
            taken.Add(await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled));
        }

        Assert.Equal(["1", "2", "3", null], taken.Select(task => task?.TaskToken));
        Assert.Equal(("execution", "task", "{\"of\":\"1\"}"), (taken[0]!.ExecutionArn, taken[0]!.TaskId, taken[0]!.Input.ToString()));
    }

    [Fact]
    public async Task DequeueAsync_ByManyWorkers_GivesATaskToOne()
    {
        QueuedActivityTasks tasks = await OpenAsync();

        // Twice in the queue: as after a crash between the task and its message.
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        ActivityTask?[] taken = await System.Threading.Tasks.Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled)));

        Assert.Single(taken, task => task is not null);
    }

    [Fact]
    public async Task EnqueueAsync_OfATaskThatWasTaken_DoesNotDeliverItAgain()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        Assert.True(await tasks.ConfirmAsync(_activity, (await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled))!, Cancelled));

        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);

        Assert.Null(await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled));
    }

    [Fact]
    public async Task RemoveAsync_OfAWaitingTask_IsTrueOnceAndNobodyGetsIt()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        await tasks.EnqueueAsync(_activity, Task("2"), Cancelled);

        Assert.True(await tasks.RemoveAsync(_activity, "1", Cancelled));
        Assert.False(await tasks.RemoveAsync(_activity, "1", Cancelled));
        ActivityTask second = (await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled))!;
        Assert.Equal("2", second.TaskToken);
        await tasks.ConfirmAsync(_activity, second, Cancelled);
        Assert.False(await tasks.RemoveAsync(_activity, "2", Cancelled));
        Assert.False(await tasks.RemoveAsync(_activity, "unknown", Cancelled));
    }

    [Fact]
    public async Task DequeueAsync_OfATaskThatNobodyConfirmed_GivesItAgain()
    {
        QueuedActivityTasks tasks = await OpenAsync(TimeSpan.FromSeconds(1));

        // Twice in the queue: as after a crash between the task and its message.
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        ActivityTask first = (await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled))!;

        // The worker that took it has ended.
        ActivityTask again = (await tasks.DequeueAsync(_activity, Limit, Cancelled))!;

        Assert.Equal(first.TaskToken, again.TaskToken);
        Assert.False(await tasks.ConfirmAsync(_activity, first, Cancelled));
        Assert.True(await tasks.ConfirmAsync(_activity, again, Cancelled));
        Assert.False(await tasks.ConfirmAsync(_activity, again, Cancelled));
        Assert.Null(await tasks.DequeueAsync(_activity, TimeSpan.FromSeconds(2), Cancelled));
        Assert.Equal(0, await MessagesAsync());
    }

    [Fact]
    public async Task ReturnAsync_OfATaken_GivesItAtOnce()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        await tasks.ReturnAsync(_activity, (await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled))!, Cancelled);

        ActivityTask again = (await tasks.DequeueAsync(_activity, TimeSpan.FromSeconds(5), Cancelled))!;

        Assert.Equal("1", again.TaskToken);
        Assert.True(await tasks.ConfirmAsync(_activity, again, Cancelled));
    }

    [Fact]
    public async Task RemoveAsync_OfATaken_KeepsItFromBeingDelivered()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);
        ActivityTask taken = (await tasks.DequeueAsync(_activity, TimeSpan.Zero, Cancelled))!;

        Assert.True(await tasks.RemoveAsync(_activity, "1", Cancelled));

        Assert.False(await tasks.ConfirmAsync(_activity, taken, Cancelled));
    }

    [Fact]
    public async Task DequeueAsync_WhileNoTaskIsThere_WaitsForOne()
    {
        QueuedActivityTasks tasks = await OpenAsync();
        Task<ActivityTask?> waiting = tasks.DequeueAsync(_activity, Limit, Cancelled);

        await tasks.EnqueueAsync(_activity, Task("1"), Cancelled);

        Assert.Equal("1", (await waiting)?.TaskToken);
    }

    private static ActivityTask Task(string token) => new(token, "execution", "task", JsonObject.Create(("of", token)));

    private async Task<QueuedActivityTasks> OpenAsync(TimeSpan? claim = null) => new(
        new QueueServiceClient(azurite.ConnectionString),
        new BlobDocumentStore(await Containers.CreateAsync(azurite), TimeProvider.System),
        TimeProvider.System)
    {
        Claim = claim ?? TimeSpan.FromMinutes(1),
    };

    /// <summary>How many messages the activity's queue has left, hidden ones too.</summary>
    private async Task<int> MessagesAsync()
    {
        QueueClient queue = new(azurite.ConnectionString, QueuedActivityTasks.NameOf(_activity));
        return (await queue.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount;
    }
}
