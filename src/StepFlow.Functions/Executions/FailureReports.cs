using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>
/// One log line for each attempt of a task that failed, with its state: what the portal's workbook counts failures by.
/// Sees an execution's whole history at its end, since a state's events come in several parts.
/// </summary>
internal sealed class FailureReports(ILogger<FailureReports> logger) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        // Each event follows another one of its state: the chain leads back to where the state was entered.
        var states = new Dictionary<long, string>();
        foreach (HistoryEvent item in events)
        {
            string? state = item.Details is StateEnteredDetails entered ? entered.Name : states.GetValueOrDefault(item.PreviousEventId);
            if (state is not null)
            {
                states[item.Id] = state;
            }

            if (Error(item) is { } error)
            {
                FunctionsLogs.TaskFailed(logger, execution.Start.StateMachineArn, execution.Start.ExecutionArn, error, state ?? FunctionsLogs.None);
            }
        }
    }

    private static string? Error(HistoryEvent item) => item.Details switch
    {
        TaskFailureDetails task => task.Error ?? FunctionsLogs.None,
        FailureDetails failure when item.Type is not (HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionAborted) =>
            failure.Error ?? FunctionsLogs.None,
        _ => null,
    };
}
