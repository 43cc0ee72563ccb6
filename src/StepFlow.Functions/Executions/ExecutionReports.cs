using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Executions;

/// <summary>
/// One log line for the start and one for the end of each execution: what the portal's workbook and the alerts read. The
/// lines hold no input, output or cause, and are of a fixed form: not every way of a log into Application Insights keeps
/// the parts of a message.
/// </summary>
internal sealed class ExecutionReports(ILogger<ExecutionReports> logger) : IExecutionObserver
{
    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        string machine = execution.Start.StateMachineArn;
        string arn = execution.Start.ExecutionArn;
        foreach (HistoryEvent item in events)
        {
            if (item.Type == HistoryEventType.ExecutionStarted)
            {
                FunctionsLogs.ExecutionStarted(logger, machine, arn);
            }
            else if (Status(item.Type) is { } status)
            {
                long duration = (long)(item.Timestamp - execution.Start.StartTime).TotalMilliseconds;
                FunctionsLogs.ExecutionEnded(logger, status, machine, arn, duration, (item.Details as FailureDetails)?.Error ?? FunctionsLogs.None);
            }
        }
    }

    private static string? Status(HistoryEventType type) => type switch
    {
        HistoryEventType.ExecutionSucceeded => "SUCCEEDED",
        HistoryEventType.ExecutionFailed => "FAILED",
        HistoryEventType.ExecutionTimedOut => "TIMED_OUT",
        HistoryEventType.ExecutionAborted => "ABORTED",
        _ => null,
    };
}
