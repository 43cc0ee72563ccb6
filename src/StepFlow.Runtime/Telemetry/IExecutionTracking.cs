using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>
/// Telemetry that relates events of an execution to earlier ones. For a host on which several processes store the events of one
/// execution: it creates a tracker, which it gives all events in their order, and says which of them are new.
/// </summary>
public interface IExecutionTracking
{
    /// <summary>Whether new events lead to telemetry that somebody receives. If not, the host need not read the earlier events.</summary>
    bool Concerns(IReadOnlyList<HistoryEvent> events);

    /// <summary>Creates a tracker.</summary>
    IExecutionTracker Track(ExecutionRecord execution);
}

/// <summary>Tracks one execution. Not safe for use by several threads at once.</summary>
public interface IExecutionTracker
{
    /// <summary>How many events it remembers, to relate later ones to them.</summary>
    int RememberedCount { get; }

    /// <summary>Observes the next event.</summary>
    /// <param name="item">The event.</param>
    /// <param name="isNew">Whether it is reported. If not, it was reported before, and only explains later events.</param>
    void Observe(HistoryEvent item, bool isNew);

    /// <summary>The execution has ended, and all its events were observed.</summary>
    /// <param name="execution">The execution as it ended.</param>
    void End(ExecutionRecord execution);
}
