using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Documents and activities' tasks of a data folder.</summary>
public class StoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_WrittenWithExpectation_ChangesOnlyIfItIsMet()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        var documents = fixture.Local.Documents;
        string? first = await documents.WriteAsync("c", "k", 1, null, Cancellation);
        Assert.NotNull(first);
        Assert.Null(await documents.WriteAsync("c", "k", 2, null, Cancellation));
        Assert.Null(await documents.WriteAsync("c", "k", 2, "other", Cancellation));
        string? second = await documents.WriteAsync("c", "k", 2, first, Cancellation);
        Assert.NotNull(second);
        Assert.False(await documents.DeleteAsync("c", "k", first, Cancellation));
        await fixture.RestartAsync();
        documents = fixture.Local.Documents;
        Document? found = await documents.FindAsync("c", "k", Cancellation);
        Assert.Equal((new Document("k", 2, second)), found);
        Assert.True(await documents.DeleteAsync("c", "k", second, Cancellation));
        Assert.Null(await documents.FindAsync("c", "k", Cancellation));
        Assert.NotEqual(first, await documents.WriteAsync("c", "k", 1, null, Cancellation));
    }

    [Fact]
    public async Task Documents_Listed_ComeInOrderAndByPrefix()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        var documents = fixture.Local.Documents;
        foreach (string key in (string[])["b:2", "a", "b:1", "b", "c", "b:é"])
        {
            await documents.WriteAsync("c", key, 1, null, Cancellation);
        }

        await documents.WriteAsync("other", "b:0", 1, null, Cancellation);
        Assert.Equal(["a", "b", "b:1", "b:2", "b:é", "c"], await KeysAsync(string.Empty, null, 10));
        Assert.Equal(["b:1", "b:2", "b:é"], await KeysAsync("b:", null, 10));
        Assert.Equal(["b:2"], await KeysAsync("b:", "b:1", 1));
        Assert.Empty(await KeysAsync("x", null, 10));

        async Task<IEnumerable<string>> KeysAsync(string prefix, string? after, int count) =>
            (await documents.ListAsync("c", prefix, after, count, Cancellation)).Select(document => document.Key);
    }

    [Fact]
    public async Task ActivityTask_Taken_IsGivenToNobodyElse()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        var first = new ActivityTask("t1", "e", "task-1", "input");
        await fixture.Local.Activities.EnqueueAsync("a", first, Cancellation);
        await fixture.Local.Activities.EnqueueAsync("a", first, Cancellation);
        await fixture.Local.Activities.EnqueueAsync("a", first with { TaskToken = "t2" }, Cancellation);
        Assert.Equal(first, await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation));
        await fixture.Local.Activities.EnqueueAsync("a", first, Cancellation);
        Assert.Equal("t2", (await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation))?.TaskToken);
        Assert.Null(await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ActivityTask_TakenBeforeARestart_IsGivenOutAgainUnlessItsStartWasRecorded(bool recorded)
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        const string activity = "arn:aws:states:us-east-1:123456789012:activity:work";
        const string definition = $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{activity}}","End":true} } }""";
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        ActivityTask? taken = await fixture.Local.Activities.DequeueAsync(activity, TimeSpan.FromMinutes(1), Cancellation);
        if (recorded)
        {
            Assert.True(await fixture.Host.SignalAsync(taken!.ExecutionArn, new TaskStarted(fixture.Now, taken.TaskId, "worker"), Cancellation));
        }

        await fixture.RestartAsync();
        ActivityTask? again = await fixture.Local.Activities.DequeueAsync(activity, TimeSpan.Zero, Cancellation);
        Assert.Equal(recorded ? null : taken, again);
        await fixture.Host.SignalAsync(taken!.ExecutionArn, new TaskSucceeded(fixture.Now, taken.TaskId, "done"), Cancellation);
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
    }

    [Fact]
    public async Task ActivityTask_Returned_IsGivenToTheNextWorker()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        var task = new ActivityTask("t1", "e", "task-1", "input");
        await fixture.Local.Activities.EnqueueAsync("a", task, Cancellation);
        await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation);
        Task<ActivityTask?> next = fixture.Local.Activities.DequeueAsync("a", TimeSpan.FromMinutes(1), Cancellation);
        await fixture.Local.Activities.ReturnAsync("a", task, Cancellation);
        Assert.Equal(task, await next);
    }

    [Fact]
    public async Task ActivityTask_Removed_IsNotDelivered()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Local.Activities.EnqueueAsync("a", new ActivityTask("t", "e", "x", 1), Cancellation);
        Assert.True(await fixture.Local.Activities.RemoveAsync("a", "t", Cancellation));
        Assert.False(await fixture.Local.Activities.RemoveAsync("a", "t", Cancellation));
        Assert.Null(await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task Pollers_Waiting_GetATaskEach()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        Task<ActivityTask?>[] pollers = [.. Enumerable.Range(0, 10).Select(_ => fixture.Local.Activities.DequeueAsync("a", TimeSpan.FromMinutes(1), Cancellation))];
        for (int number = 0; number < 10; number++)
        {
            await fixture.Local.Activities.EnqueueAsync("a", new ActivityTask($"t{number}", "e", "x", number), Cancellation);
        }

        ActivityTask?[] delivered = await Task.WhenAll(pollers);
        Assert.Equal(10, delivered.Select(task => task!.TaskToken).Distinct().Count());
    }

    [Fact]
    public async Task Poller_NothingComes_EndsAfterItsWait()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        Task<ActivityTask?> poller = fixture.Local.Activities.DequeueAsync("a", TimeSpan.FromSeconds(60), Cancellation);
        fixture.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(poller.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await poller.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }
}
