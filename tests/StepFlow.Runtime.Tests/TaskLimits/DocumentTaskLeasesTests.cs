using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.TaskLimits;

/// <summary>What several processes share of a limit, through documents.</summary>
public sealed class DocumentTaskLeasesTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly InMemoryDocumentStore _documents = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoProcesses_ShareTheLimit_AndLeaveNothingBehind()
    {
        (DocumentTaskLeases one, DocumentTaskLeases other) = (new(_documents, _clock), new(_documents, _clock));
        var share = new TaskShare(Limit(concurrency: 2), "a");
        IAsyncDisposable? first = await one.TryTakeAsync(share, "t1", Cancelled);
        IAsyncDisposable? second = await other.TryTakeAsync(share, "t2", Cancelled);

        Assert.Null(await one.TryTakeAsync(share, "t3", Cancelled));
        Assert.NotNull(await other.TryTakeAsync(share with { Key = "b" }, "t3", Cancelled));

        // A repetition of a task whose process was killed takes nothing twice.
        Assert.NotNull(await other.TryTakeAsync(share, "t1", Cancelled));

        await first!.DisposeAsync();
        IAsyncDisposable? third = await one.TryTakeAsync(share, "t3", Cancelled);
        Assert.NotNull(third);
        await second!.DisposeAsync();
        await third.DisposeAsync();
        Assert.Single(await _documents.ListAsync("task-limits", string.Empty, null, 10, Cancelled));
    }

    [Fact]
    public Task Lease_IsRenewedWhileItsTaskRuns_AndExpiresWhenItsProcessHasEnded() => _clock.RunAsync(async () =>
    {
        var share = new TaskShare(Limit(concurrency: 1), "a");
        await using IAsyncDisposable? lease = await new DocumentTaskLeases(_documents, _clock).TryTakeAsync(share, "t1", Cancelled);
        DateTimeOffset afterwards = _clock.GetUtcNow() + DocumentTaskLeases.LeaseTime + TimeSpan.FromSeconds(1);
        var document = Assert.Single(await _documents.ListAsync("task-limits", string.Empty, null, 10, Cancelled));
        Assert.NotNull(LeaseState.Read(document.Value).Take(share.Limit, "t2", afterwards));

        await Task.Delay(DocumentTaskLeases.LeaseTime + TimeSpan.FromSeconds(1), _clock);
        document = Assert.Single(await _documents.ListAsync("task-limits", string.Empty, null, 10, Cancelled));
        Assert.Null(LeaseState.Read(document.Value).Take(share.Limit, "t2", afterwards));
        return true;
    });

    [Fact]
    public void Rate_IsSharedToo()
    {
        TaskLimit limit = Limit(rate: 1);
        DateTimeOffset now = _clock.GetUtcNow();
        LeaseState? state = LeaseState.Read(null).Take(limit, "t1", now);
        state = LeaseState.Read(state!.ToJson());

        Assert.Null(state.Take(limit, "t2", now.AddMilliseconds(900)));
        Assert.NotNull(state.Take(limit, "t1", now.AddMilliseconds(900)));
        Assert.NotNull(state.Take(limit, "t2", now.AddMilliseconds(1000)));
    }

    private static TaskLimit Limit(int? concurrency = null, double? rate = null) =>
        new("l", new() { Resource = "*", MaxConcurrency = concurrency, RatePerSecond = rate });
}
