namespace StepFlow.Local;

/// <summary>What the local host logs. Event ids are never used again; inputs and outputs never appear.</summary>
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

    [LoggerMessage(7, LogLevel.Error, "Recovery of an execution failed.")]
    public static partial void RecoveryFailed(ILogger logger, Exception reason);

    [LoggerMessage(8, LogLevel.Error, "Map Run {Run} of {Execution} failed in the server (attempt {Attempt}): {Reason} It is tried again in {Seconds} s.")]
    public static partial void MapRunFailed(ILogger logger, Exception? defect, string run, string execution, int attempt, string reason, double seconds);

    [LoggerMessage(9, LogLevel.Error, "Removing old executions failed; it is tried again.")]
    public static partial void PurgeFailed(ILogger logger, Exception reason);

    [LoggerMessage(10, LogLevel.Information, "{State} of {Execution}: {Progress}")]
    public static partial void TaskProgress(ILogger logger, string state, string execution, string progress);

    [LoggerMessage(11, LogLevel.Error, "Execution {Execution} is due and could not be taken up. It is tried again in a second.")]
    public static partial void WakeFailed(ILogger logger, Exception reason, long execution);

    [LoggerMessage(12, LogLevel.Error, "Execution {Execution} is suspended: it cannot go on. It is tried again at {Retry:O} (attempt {Attempt} failed), or at once with 'stepflow retry'. StopExecution ends it.")]
    public static partial void ExecutionSuspended(ILogger logger, Exception reason, string execution, DateTimeOffset retry, int attempt);

    [LoggerMessage(13, LogLevel.Information, "Execution {Execution} is no longer suspended.")]
    public static partial void ExecutionResumed(ILogger logger, string execution);

    [LoggerMessage(14, LogLevel.Warning, "When the time of suspended execution {Execution} is up could not be read.")]
    public static partial void DeadlineUnknown(ILogger logger, Exception reason, string execution);

    [LoggerMessage(15, LogLevel.Warning, "{Count} records of execution logs were dropped: they came faster than the disk takes them.")]
    public static partial void ExecutionLogsDropped(ILogger logger, long count);

    [LoggerMessage(16, LogLevel.Error, "{Count} records could not be written to the execution log {File} and are lost. Free space, or give the folder back to the server's user.")]
    public static partial void ExecutionLogFailed(ILogger logger, Exception reason, string file, int count);

    [LoggerMessage(40, LogLevel.Error, "The data file cannot be written ({Writes} writes wait). They are tried again until it can; meanwhile new requests are refused with the status 503. See that the disk has space and can be written.")]
    public static partial void DiskTakesNoWrites(ILogger logger, Exception reason, int writes);

    [LoggerMessage(41, LogLevel.Information, "The data file is written again (attempt {Attempt}).")]
    public static partial void WritesGoOn(ILogger logger, int attempt);

    [LoggerMessage(42, LogLevel.Error, "The result of a write could not be handed to whoever waits for it.")]
    public static partial void WriteResultNotDelivered(ILogger logger, Exception reason);

    [LoggerMessage(43, LogLevel.Error, "Committed data is missing from {File}: {Loss}. The server goes on with what is there. 'stepflow doctor' checks the rest; a backup may have more.")]
    public static partial void CommitsLost(ILogger logger, string file, string loss);

    [LoggerMessage(44, LogLevel.Error, "Damage in the data file, {Subject}: {Problem}. 'stepflow doctor' lists all that is damaged.")]
    public static partial void DamageFound(ILogger logger, string subject, string problem);

    [LoggerMessage(45, LogLevel.Error, "The data file could not be checked for damage.")]
    public static partial void CheckFailed(ILogger logger, Exception reason);
}
