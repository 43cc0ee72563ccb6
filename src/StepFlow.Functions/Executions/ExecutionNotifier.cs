using Microsoft.Extensions.Caching.Memory;
using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;

namespace StepFlow.Functions.Executions;

/// <summary>Notifies observers of what happens in executions.</summary>
/// <param name="tracking">Reports telemetry that relates events to earlier ones.</param>
internal sealed class ExecutionNotifier(ExecutionObservers observers, HistoryTracking tracking, ExecutionStorage storage) : IDisposable
{
    /// <summary>How many chunks this process knows as published.</summary>
    private const long MaxPublished = 100_000;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    // A chunk is stored again if nobody knows whether it was stored: its activity is repeated, or nobody waits for it any more.
    private readonly MemoryCache _published = new(new MemoryCacheOptions { SizeLimit = MaxPublished });

    public void Dispose() => _published.Dispose();

    /// <summary>Events were stored.</summary>
    /// <remarks>What the first turn brought was published when the execution started.</remarks>
    public void PublishStored(ExecutionRecord execution, IReadOnlyList<HistoryChunk> chunks)
    {
        HistoryChunk[] fresh = Fresh(execution, chunks);
        HistoryEvent[] later = Events(fresh.Where(static chunk => chunk.FirstEventId > 1));
        Publish(observers.Live, execution, later);
        tracking.Report(execution, [.. Events(fresh.Where(static chunk => chunk.FirstEventId == 1)), .. later], [.. Large(fresh)]);
        Published(execution, fresh);
    }

    /// <summary>Events of the first turn are new. They are stored later.</summary>
    public void PublishNew(ExecutionRecord execution, IEnumerable<HistoryChunk> chunks) => Publish(observers.Live, execution, Events(chunks));

    /// <summary>An execution has ended.</summary>
    /// <param name="last">What was stored last.</param>
    /// <param name="all">All its events; null if they are to be read.</param>
    public async Task PublishEndAsync(ExecutionRecord execution, IReadOnlyList<HistoryChunk> last, IReadOnlyList<HistoryEvent>? all, CancellationToken cancellationToken)
    {
        HistoryChunk[] fresh = Fresh(execution, last);
        HistoryEvent[] events;
        if (all is not null)
        {
            events = [.. all.Where(item => Contains(last, fresh, item.Id))];
        }
        else
        {
            // An event too large for one message is read from the history.
            HistoryChunk[] large = [.. fresh.Where(static chunk => chunk.Parts > 1)];
            all = large.Length > 0 ? await storage.History.ReadAsync(execution.Start.ExecutionArn, cancellationToken) : null;
            events = [.. Events(fresh).Concat((all ?? []).Where(item => large.Any(chunk => chunk.FirstEventId == item.Id))).OrderBy(static item => item.Id)];
        }

        Publish(observers.Live, execution, [.. events.Where(item => !Contains(last, [.. fresh.Where(static chunk => chunk.FirstEventId == 1)], item.Id))]);
        Publish(observers.Ends, execution, events);
        await tracking.EndAsync(execution, events, all, cancellationToken);
        Published(execution, fresh);
    }

    /// <summary>Whether some of the chunks contain an event. A chunk ends where the next one begins.</summary>
    private static bool Contains(IReadOnlyList<HistoryChunk> all, IReadOnlyList<HistoryChunk> some, long eventId) =>
        all.LastOrDefault(chunk => chunk.FirstEventId <= eventId) is { } of && some.Any(chunk => chunk.FirstEventId == of.FirstEventId);

    private static (string, long, int) Key(ExecutionRecord execution, HistoryChunk chunk) => (execution.Start.ExecutionArn, chunk.FirstEventId, chunk.Part);

    private HistoryChunk[] Fresh(ExecutionRecord execution, IReadOnlyList<HistoryChunk> chunks) =>
        [.. chunks.Where(chunk => !_published.TryGetValue(Key(execution, chunk), out _))];

    private void Published(ExecutionRecord execution, IEnumerable<HistoryChunk> chunks)
    {
        foreach (HistoryChunk chunk in chunks)
        {
            _published.Set(Key(execution, chunk), true, new MemoryCacheEntryOptions { SlidingExpiration = Duration, Size = 1 });
        }
    }

    private static void Publish(IReadOnlyList<IExecutionObserver> observers, ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        foreach (IExecutionObserver observer in observers)
        {
            observer.Observe(execution, events);
        }
    }

    /// <summary>The events whose last part is among some chunks.</summary>
    private static IEnumerable<long> Large(IEnumerable<HistoryChunk> chunks) =>
        chunks.Where(static chunk => chunk.Parts > 1 && chunk.Part == chunk.Parts - 1).Select(static chunk => chunk.FirstEventId);

    private static HistoryEvent[] Events(IEnumerable<HistoryChunk> chunks) =>
        [.. chunks.Where(static chunk => chunk.Parts == 1).SelectMany(static chunk => HistoryText.Read(Gzip.Decompress(chunk.Content)))];
}
