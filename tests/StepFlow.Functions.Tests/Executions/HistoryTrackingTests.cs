using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Counts;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Telemetry;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Executions;

/// <summary>Instances of the app report the events that they stored, each once, and read of the history only what they do not have.</summary>
public sealed class HistoryTrackingTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _prefix = AzuriteFixture.UniqueName();
    private readonly ManualClock _clock = new();
    private long _stored;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await new BlobServiceClient(azurite.ConnectionString).CreateBlobContainerAsync(_prefix + "stepflow-history", cancellationToken: Cancelled);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Report_OfEventsThatFollowEachOther_ReadsNothing()
    {
        const int Events = 50;
        using Instance instance = Open();
        for (int id = 1; id <= Events; id++)
        {
            instance.Tracking.Report(Record(), [Event(id)], []);
        }

        await instance.Tracking.EndAsync(Record(), [Event(Events + 1)], null, Cancelled);

        Assert.Equal(Ids(1, Events + 1), instance.Reported);
        Assert.Equal(1, instance.Ends);
        Assert.Empty(instance.Blobs.Requests);
    }

    /// <summary>Each instance reads each byte of the history once, however long it becomes.</summary>
    [Fact]
    public async Task Report_OnTwoInstancesInTurn_ReadsOnlyWhatIsNew()
    {
        const int Events = 60;
        using Instance one = Open();
        using Instance other = Open();
        for (int id = 1; id <= Events; id++)
        {
            Instance instance = id % 2 == 1 ? one : other;
            await StoreAsync(Whole(id));
            instance.Tracking.Report(Record(), [Event(id)], []);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await instance.UntilAsync(id);
        }

        Assert.Equal(Ids(1, Events).Where(static id => id % 2 == 1), one.Reported);
        Assert.Equal(Ids(1, Events).Where(static id => id % 2 == 0), other.Reported);
        Assert.InRange(one.Blobs.DownloadedBytes, 1, _stored);
        Assert.InRange(other.Blobs.DownloadedBytes, 1, _stored);
    }

    [Fact]
    public async Task EndAsync_AfterEventsOfAnotherInstance_ReportsWhatWaits()
    {
        using Instance instance = Open();
        await StoreAsync(Whole(1), Whole(2), Whole(3));
        instance.Tracking.Report(Record(), [Event(2)], []);

        await instance.Tracking.EndAsync(Record(), [Event(3)], null, Cancelled);

        Assert.Equal([2, 3], instance.Reported);
        Assert.Equal(1, instance.Ends);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await instance.Tracking.StopAsync(Cancelled);
        Assert.Equal([2, 3], instance.Reported);
    }

    /// <summary>The other instance ended after it stored an event and before it reported it. Its activity is repeated here.</summary>
    [Fact]
    public async Task Report_OfWhatWasReadBefore_ReportsIt()
    {
        using Instance instance = Open();
        instance.Tracking.Report(Record(), [Event(1)], []);
        await StoreAsync(Whole(1), Whole(2), Whole(3));
        instance.Tracking.Report(Record(), [Event(3)], []);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await instance.UntilAsync(3);
        Assert.Equal([1, 3], instance.Reported);

        instance.Tracking.Report(Record(), [Event(2)], []);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await instance.UntilAsync(2);

        Assert.Equal([1, 3, 2], instance.Reported);
    }

    [Fact]
    public async Task Report_OfAnEventInParts_ReportsItFromTheHistory()
    {
        using Instance instance = Open();
        await StoreAsync([Whole(1), .. Whole(2).Split(10)]);
        instance.Tracking.Report(Record(), [Event(1)], [2]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await instance.UntilAsync(2);

        Assert.Equal([1, 2], instance.Reported);
    }

    /// <summary>An event that waits for an earlier one is reported when that is stored. An app that stops reads at once.</summary>
    [Fact]
    public async Task Report_BeforeAnEarlierEventIsStored_ReportsItLater()
    {
        using Instance instance = Open();
        await StoreAsync(Whole(1), Whole(3));
        instance.Tracking.Report(Record(), [Event(1), Event(3)], []);
        await instance.Tracking.StopAsync(Cancelled);
        Assert.Equal([1], instance.Reported);

        await StoreAsync(Whole(2), Whole(4));
        instance.Tracking.Report(Record(), [Event(4)], []);
        await instance.Tracking.StopAsync(Cancelled);

        Assert.Equal([1, 3, 4], instance.Reported);
    }

    private static IEnumerable<long> Ids(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static id => (long)id);

    private static HistoryEvent Event(long id) => new()
    {
        Id = id,
        PreviousEventId = id - 1,
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(id),
        Type = HistoryEventType.TaskStarted,
        Details = new TaskStartedDetails("lambda", "invoke"),
    };

    private static HistoryChunk Whole(long id) => new(id, 0, 1, Gzip.Compress(HistoryText.Write([Event(id)])));

    private static ExecutionRecord Record() => new() { Request = new(Runs.Of("tracked"), "{}"), Status = ExecutionStatus.Running };

    private async Task StoreAsync(params HistoryChunk[] chunks)
    {
        using var storage = new ExecutionStorage(new(azurite.ConnectionString), _prefix);
        await storage.History.AppendAsync(Record().Start.ExecutionArn, chunks, isNew: false, Cancelled);
        _stored += HistoryFrames.Write(chunks).Length;
    }

    private Instance Open() => new(azurite.ConnectionString, _prefix, _clock);

    /// <summary>An instance of the app: what it reports, and what it reads for that.</summary>
    private sealed class Instance : IExecutionTracking, IDisposable
    {
        private readonly ConcurrentQueue<long> _reported = [];
        private readonly ExecutionStorage _storage;
        private int _ends;

        public Instance(string connectionString, string prefix, TimeProvider clock)
        {
            _storage = new(Blobs.Open(connectionString), prefix);
            Tracking = new([this], _storage, clock, NullLogger<HistoryTracking>.Instance);
        }

        public CountedBlobs Blobs { get; } = new();

        public HistoryTracking Tracking { get; }

        public IReadOnlyList<long> Reported => [.. _reported];

        public int Ends => _ends;

        public bool Concerns(IReadOnlyList<HistoryEvent> events) => events.Count > 0;

        public IExecutionTracker Track(ExecutionRecord execution) => new Tracker(this);

        public async Task UntilAsync(long id)
        {
            while (!_reported.Contains(id))
            {
                Cancelled.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public void Dispose()
        {
            Tracking.Dispose();
            _storage.Dispose();
        }

        private sealed class Tracker(Instance instance) : IExecutionTracker
        {
            private long _last;

            public int RememberedCount => 1;

            public void Observe(HistoryEvent item, bool isNew)
            {
                Assert.Equal(_last + 1, item.Id);
                _last = item.Id;
                if (isNew)
                {
                    instance._reported.Enqueue(item.Id);
                }
            }

            public void End(ExecutionRecord execution) => Interlocked.Increment(ref instance._ends);
        }
    }
}
