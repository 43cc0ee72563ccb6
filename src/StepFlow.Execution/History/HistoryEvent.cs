namespace StepFlow.Execution.History;

/// <summary>One event of an execution's history (GetExecutionHistory, <c>HistoryEvent</c>).</summary>
public sealed class HistoryEvent
{
    // There are very many events: half the size of an instant with its offset.
    private readonly long _utcTicks;

    /// <summary>The event's number in its execution, from 1, without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>The event that this one follows; 0 for the first, and for events that follow none.</summary>
    public required long PreviousEventId { get; init; }

    /// <summary>The time of the signal that caused the event, in UTC.</summary>
    public required DateTimeOffset Timestamp { get => new(_utcTicks, TimeSpan.Zero); init => _utcTicks = value.UtcTicks; }

    public required HistoryEventType Type { get; init; }

    /// <summary>The details that belong to the type; null for types that have none.</summary>
    public EventDetails? Details { get; init; }
}
