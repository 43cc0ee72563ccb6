using StepFlow.Execution.History;

namespace StepFlow.Service.Events;

/// <summary>
/// Publishes the start and the end of executions of Standard machines. The start of a redrive is
/// published too.
/// </summary>
/// <param name="changes">The form of the events.</param>
/// <param name="publish">Takes each event. Must not block.</param>
/// <param name="starts">Whether starts are published here.</param>
/// <param name="ends">Whether ends are published here. A host whose records end after their last event observes both apart.</param>
public sealed class StatusChangeObserver(StatusChangeEvents changes, Action<JsonObject> publish, bool starts = true, bool ends = true) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (execution.Start.IsExpress)
        {
            return;
        }

        foreach (HistoryEvent item in events)
        {
            if (starts && item.Type is (HistoryEventType.ExecutionStarted or HistoryEventType.ExecutionRedriven))
            {
                // One turn can start and end an execution. The event of the start must not contain the end.
                publish(changes.Create(execution with { Status = ExecutionStatus.Running, StopTime = null, Output = null, Error = null, Cause = null }, item.Timestamp));
            }
            else if (ends && StatusNames.AfterEnd(item.Type) is not null)
            {
                publish(changes.Create(execution, item.Timestamp));
            }
        }
    }
}
