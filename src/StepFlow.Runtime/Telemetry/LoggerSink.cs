using Microsoft.Extensions.Logging;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Writes execution logs as structured log records of the category <c>StepFlow.Executions</c>.</summary>
public sealed class LoggerSink(ILoggerFactory loggers) : IExecutionLogSink
{
    /// <summary>The category. Its records contain inputs and outputs if a state machine's logging configuration includes them. Store them separately from the server's own log.</summary>
    public const string Category = "StepFlow.Executions";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public void Write(ExecutionLogEntry entry)
    {
        string type = entry.Record["type"]!.ToString();
        string arn = entry.Record["execution_arn"]!.ToString();
        if (entry.IsError)
        {
            RuntimeLogs.ExecutionFailure(_logger, type, arn, entry.LogGroupArn, entry.Record.ToString());
        }
        else
        {
            RuntimeLogs.ExecutionEvent(_logger, type, arn, entry.LogGroupArn, entry.Record.ToString());
        }
    }
}
