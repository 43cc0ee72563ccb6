using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Notifies observers of the events of executions. The activities of one execution run on any instance of the app. So some
/// observers receive events when they are stored. Others, which relate events to each other, receive all of them at the end.
/// </summary>
/// <param name="live">See events as they are stored.</param>
/// <param name="whole">See an execution's events when it has ended.</param>
/// <param name="storage">The histories.</param>
internal sealed class ExecutionNotifier(IReadOnlyList<IExecutionObserver> live, IReadOnlyList<IExecutionObserver> whole, ExecutionStorage storage)
{
    /// <summary>Whether an observer sees events as they are stored.</summary>
    public bool HasLiveObservers => live.Count > 0;

    /// <summary>Events were stored.</summary>
    /// <remarks>The events of the first turn are published when the execution starts, and may be stored later.</remarks>
    public void PublishStored(ExecutionRecord execution, IEnumerable<HistoryChunk> chunks) =>
        PublishNew(execution, chunks.Where(static chunk => chunk.FirstEventId > 1));

    /// <summary>Publishes the events of the first turn, or of a stored turn, as new.</summary>
    public void PublishNew(ExecutionRecord execution, IEnumerable<HistoryChunk> chunks)
    {
        foreach (HistoryChunk chunk in chunks)
        {
            // An event too large for one message is seen in the history, not in logs.
            if (chunk.Parts == 1)
            {
                Publish(live, execution, [.. HistoryText.Read(PayloadCodec.Decompress(chunk.Content))]);
            }
        }
    }

    /// <summary>An execution has ended.</summary>
    /// <param name="all">All its events; null where they are to be read.</param>
    public async Task PublishEndAsync(ExecutionRecord execution, IReadOnlyList<HistoryEvent>? all, CancellationToken cancellationToken)
    {
        if (whole.Count == 0)
        {
            return;
        }

        IReadOnlyList<HistoryEvent> events = all ?? await storage.History.ReadAsync(execution.Start.ExecutionArn, cancellationToken);
        int redriven = events.Count - 1;
        while (redriven >= 0 && events[redriven].Type != HistoryEventType.ExecutionRedriven)
        {
            redriven--;
        }

        // The events before a redrive were published before it.
        Publish(whole, execution, redriven < 0 ? events : [.. events.Skip(redriven)]);
    }

    private static void Publish(IReadOnlyList<IExecutionObserver> observers, ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        foreach (IExecutionObserver observer in observers)
        {
            observer.Observe(execution, events);
        }
    }
}
