using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Reports executions of which a host knows all events when they have ended, such as Express executions.</summary>
public sealed class WholeHistories(IReadOnlyList<IExecutionTracking> trackings) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        foreach (IExecutionTracking tracking in trackings.Where(tracking => tracking.Concerns(events)))
        {
            IExecutionTracker tracker = tracking.Track(execution);
            foreach (HistoryEvent item in events)
            {
                tracker.Observe(item, isNew: true);
            }

            tracker.End(execution);
        }
    }
}
