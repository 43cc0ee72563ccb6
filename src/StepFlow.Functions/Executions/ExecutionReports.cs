using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Writes one log line for the start and one for the end of each execution. The portal's workbook and the alerts read them. The
/// lines contain no input, output or cause. They have a fixed form, because not every path of a log into Application Insights preserves
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
            else if (StatusNames.AfterEnd(item.Type) is { } status)
            {
                long duration = (long)(item.Timestamp - execution.Start.StartTime).TotalMilliseconds;
                FunctionsLogs.ExecutionEnded(logger, StatusNames.Of(status), machine, arn, duration, (item.Details as FailureDetails)?.Error ?? FunctionsLogs.None);
            }
        }
    }
}
