using StepFlow.Execution.History;

namespace StepFlow.Runtime.Ports;

/// <summary>Sees what happens in executions: execution logs, metrics and traces. A host calls it after a turn is durable.</summary>
public interface IExecutionObserver
{
    /// <summary>New history events of an execution. It must return immediately and never fail. After a crash, events can be repeated.</summary>
    /// <param name="execution">The execution after these events.</param>
    /// <param name="events">The events, in order.</param>
    void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events);
}
