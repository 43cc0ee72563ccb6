namespace StepFlow.Local;

/// <summary>The log lines of the local host. Event ids are never reused. Lines never contain inputs and outputs.</summary>
internal static partial class LocalLogs
{
    [LoggerMessage(1, LogLevel.Error, "A commit of {Writes} writes failed (attempt {Attempt}).")]
    public static partial void CommitFailed(ILogger logger, Exception reason, int writes, int attempt);

    // 2 was used by versions that set broken executions aside.
    [LoggerMessage(3, LogLevel.Warning, "Task {Task} of {Execution} could not be called (attempt {Attempt}): {Reason} It is tried again in {Seconds} s.")]
    public static partial void TaskRepeated(ILogger logger, Exception? defect, string task, string execution, int attempt, string reason, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Recovered {Running} executions; {Waiting} of them wait for a timer or for the result of a task.")]
    public static partial void Recovered(ILogger logger, int running, int waiting);

    [LoggerMessage(5, LogLevel.Information, "Removed {Count} executions that ended before {Before:O}.")]
    public static partial void Purged(ILogger logger, int count, DateTimeOffset before);

    [LoggerMessage(6, LogLevel.Warning, "{Count} tasks did not stop within {Seconds} s; they run again after the next start.")]
    public static partial void TasksLeft(ILogger logger, int count, double seconds);

    [LoggerMessage(8, LogLevel.Error, "Map Run {Run} of {Execution} failed in the server (attempt {Attempt}): {Reason} It is tried again in {Seconds} s.")]
    public static partial void MapRunFailed(ILogger logger, Exception? defect, string run, string execution, int attempt, string reason, double seconds);

    [LoggerMessage(9, LogLevel.Error, "Old executions could not be removed. The server tries again later.")]
    public static partial void PurgeFailed(ILogger logger, Exception reason);

    [LoggerMessage(10, LogLevel.Information, "{State} of {Execution}: {Progress}")]
    public static partial void TaskProgress(ILogger logger, string state, string execution, string progress);

    [LoggerMessage(11, LogLevel.Error, "Execution {Execution} is due, but could not be loaded. The server tries again in a second.")]
    public static partial void WakeFailed(ILogger logger, Exception reason, long execution);

    [LoggerMessage(12, LogLevel.Error, "Execution {Execution} is suspended, because it cannot continue (attempt {Attempt} failed). The server tries again at {Retry:O}. To try again now, use 'stepflow retry'. To end it, use StopExecution.")]
    public static partial void ExecutionSuspended(ILogger logger, Exception reason, string execution, DateTimeOffset retry, int attempt);

    [LoggerMessage(13, LogLevel.Information, "Execution {Execution} is no longer suspended.")]
    public static partial void ExecutionResumed(ILogger logger, string execution);

    [LoggerMessage(14, LogLevel.Warning, "The timeout of suspended execution {Execution} could not be read.")]
    public static partial void DeadlineUnknown(ILogger logger, Exception reason, string execution);

    [LoggerMessage(15, LogLevel.Warning, "{Count} records of execution logs were dropped, because the disk was too slow.")]
    public static partial void ExecutionLogsDropped(ILogger logger, long count);

    [LoggerMessage(16, LogLevel.Error, "{Count} records could not be written to the execution log {File} and are lost. Free disk space, or make the folder writable for the server's user.")]
    public static partial void ExecutionLogFailed(ILogger logger, Exception reason, string file, int count);

    [LoggerMessage(40, LogLevel.Error, "The data file cannot be written. {Writes} writes wait and are tried again. Until then, new requests are refused with status 503. Make sure that the disk has free space and can be written.")]
    public static partial void DiskTakesNoWrites(ILogger logger, Exception reason, int writes);

    [LoggerMessage(41, LogLevel.Information, "The data file can be written again (attempt {Attempt}).")]
    public static partial void WritesGoOn(ILogger logger, int attempt);

    [LoggerMessage(42, LogLevel.Error, "The result of a write could not be reported to its caller.")]
    public static partial void WriteResultNotDelivered(ILogger logger, Exception reason);

    [LoggerMessage(43, LogLevel.Error, "Committed data is missing from {File}: {Loss}. The server continues with the remaining data. Check it with 'stepflow doctor'. A backup may have the missing data.")]
    public static partial void CommitsLost(ILogger logger, string file, string loss);

    [LoggerMessage(44, LogLevel.Error, "Damage in the data file, {Subject}: {Problem}. 'stepflow doctor' lists all damage.")]
    public static partial void DamageFound(ILogger logger, string subject, string problem);

    [LoggerMessage(45, LogLevel.Error, "The data file could not be checked for damage.")]
    public static partial void CheckFailed(ILogger logger, Exception reason);

    [LoggerMessage(46, LogLevel.Warning, "A commit is durable, but the file that notes the last commit cannot be written. Until that works again, the loss of later commits is not detected at the next start. Make sure that the disk has free space and can be written.")]
    public static partial void CommitNotNoted(ILogger logger, Exception reason);
}
