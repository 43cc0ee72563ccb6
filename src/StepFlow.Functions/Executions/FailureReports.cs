using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Writes one log line for each failed attempt of a task, with its state. The portal's workbook counts failures with it.
/// It reads an execution's whole history at its end, because the events of a state come in several parts.
/// </summary>
internal sealed class FailureReports(ILogger<FailureReports> logger) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        // Each event refers to another one of its state, and so the first one is found, with which the state was entered.
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
