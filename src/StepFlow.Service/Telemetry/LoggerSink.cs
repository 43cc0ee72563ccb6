using Microsoft.Extensions.Logging;

namespace StepFlow.Service.Telemetry;

/// <summary>Writes execution logs as structured log records of the category <c>StepFlow.Executions</c>.</summary>
public sealed class LoggerSink(ILoggerFactory loggers) : IExecutionLogSink
{
    private readonly ILogger _logger = loggers.CreateLogger("StepFlow.Executions");

    /// <inheritdoc/>
    public void Write(ExecutionLogEntry entry)
    {
        string type = entry.Record["type"]!.ToString();
        string arn = entry.Record["execution_arn"]!.ToString();
        if (entry.IsError)
        {
            Logs.ExecutionFailure(_logger, type, arn, entry.LogGroupArn, entry.Record.ToString());
        }
        else
        {
            Logs.ExecutionEvent(_logger, type, arn, entry.LogGroupArn, entry.Record.ToString());
        }
    }
}
