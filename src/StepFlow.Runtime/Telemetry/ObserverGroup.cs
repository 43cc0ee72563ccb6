using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Several observers as one.</summary>
public sealed class ObserverGroup(params IReadOnlyList<IExecutionObserver> observers) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        foreach (IExecutionObserver observer in observers)
        {
            observer.Observe(execution, events);
        }
    }
}
