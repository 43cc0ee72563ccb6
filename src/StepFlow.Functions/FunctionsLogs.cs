using Microsoft.Extensions.Logging;

namespace StepFlow.Functions;

/// <summary>The log lines of this project. Event ids are never reused: 5000 to 5099.</summary>
internal static partial class FunctionsLogs
{
    /// <summary>The text for a missing value in a line.</summary>
    public const string None = "-";

    [LoggerMessage(5000, LogLevel.Information, "The upload {Blob} started {ExecutionArn}.")]
    public static partial void UploadStarted(ILogger logger, string blob, string executionArn);

    [LoggerMessage(5001, LogLevel.Information, "The upload {Blob} already has an execution.")]
    public static partial void UploadKnown(ILogger logger, string blob);

    [LoggerMessage(5002, LogLevel.Information, "Removed {Removed} old executions (late: {IsLate}).")]
    public static partial void ExecutionsRemoved(ILogger logger, int removed, bool isLate);

    [LoggerMessage(5003, LogLevel.Information, "execution-started machine={StateMachineArn} execution={ExecutionArn}")]
    public static partial void ExecutionStarted(ILogger logger, string stateMachineArn, string executionArn);

    [LoggerMessage(5004, LogLevel.Information, "execution-ended status={Status} machine={StateMachineArn} execution={ExecutionArn} durationMs={DurationMs} error={Error}")]
    public static partial void ExecutionEnded(ILogger logger, string status, string stateMachineArn, string executionArn, long durationMs, string error);

    [LoggerMessage(5006, LogLevel.Warning, "The event {Event} to the orchestration {InstanceId} was ignored, because its content is not valid for such an event. Use the Step Functions API to send it.")]
    public static partial void EventIgnored(ILogger logger, string @event, string instanceId);

    [LoggerMessage(5007, LogLevel.Error, "execution-interrupted status={Status} execution={ExecutionArn} instance={InstanceId} runtimeStatus={RuntimeStatus} reason={Reason}")]
    public static partial void ExecutionInterrupted(ILogger logger, string status, string executionArn, string instanceId, string runtimeStatus, string reason);

    [LoggerMessage(5008, LogLevel.Information, "executions-running count={Count} oldestSeconds={OldestSeconds} oldest={InstanceId}")]
    public static partial void ExecutionsRunning(ILogger logger, int count, long oldestSeconds, string instanceId);

    [LoggerMessage(5009, LogLevel.Warning, "execution-suspended execution={ExecutionArn} since={Since:O} reason={Reason}")]
    public static partial void ExecutionSuspended(ILogger logger, string executionArn, DateTimeOffset? since, string reason);

    [LoggerMessage(5010, LogLevel.Information, "The state machine {Name} is up to date with this version of the app.")]
    public static partial void MachineRegistered(ILogger logger, string name);

    [LoggerMessage(5011, LogLevel.Error, "The state machine {Name} was not changed, because its definition {File} was refused. {Code}: {Reason} Correct the file and deploy the app again.")]
    public static partial void MachineRefused(ILogger logger, string name, string file, string code, string reason);

    [LoggerMessage(5012, LogLevel.Error, "The end of the execution of instance {InstanceId} could not be stored in its record. Readers still see the end. The next retention run stores it, within a quarter of an hour.")]
    public static partial void EndNotStored(ILogger logger, Exception exception, string instanceId);

    [LoggerMessage(5013, LogLevel.Warning, "Metrics, traces and task-failed lines of {Count} events of {ExecutionArn} are late, because its history could not be read. It is read again when this instance of the app stores more of it. The execution itself is not affected.")]
    public static partial void TelemetryLate(ILogger logger, Exception exception, int count, string executionArn);

    [LoggerMessage(5005, LogLevel.Information, "task-failed machine={StateMachineArn} execution={ExecutionArn} error={Error} state={State}")]
    public static partial void TaskFailed(ILogger logger, string stateMachineArn, string executionArn, string error, string state);
}
