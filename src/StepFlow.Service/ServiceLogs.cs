using Microsoft.Extensions.Logging;

namespace StepFlow.Service;

/// <summary>The log lines of the service. They never contain inputs and outputs of executions. Event ids are never reused: 2001 to 2004, 2010 to 2099.</summary>
internal static partial class ServiceLogs
{
    /// <summary>The resource in the log line of an operation that has none, such as those with task tokens, which are secrets.</summary>
    public const string NoResource = "-";

    [LoggerMessage(2001, LogLevel.Error, "Operation {Operation} failed unexpectedly.")]
    public static partial void OperationFailed(ILogger logger, string operation, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "{Count} requests were refused with the status 503 because of an outage, the last one of {Operation}. AWS clients repeat them.")]
    public static partial void OperationsUnavailable(ILogger logger, int count, string operation, Exception exception);

    [LoggerMessage(2004, LogLevel.Information, "{Caller} called {Operation} for {Resource}.")]
    public static partial void Changed(ILogger logger, string caller, string operation, string resource);

    [LoggerMessage(2002, LogLevel.Warning, "Credentials from {Address} were refused: key {KeyId}, {Reason}; {Count} in 15 minutes. If nobody there should have access, block the address.")]
    public static partial void CredentialsRefused(ILogger logger, string address, string keyId, string reason, int count);

    [LoggerMessage(2050, LogLevel.Error, "The trigger {Trigger} could not start {Execution}: {Code}: {Reason}")]
    public static partial void TriggerRefused(ILogger logger, string trigger, string execution, string code, string reason);

    [LoggerMessage(2060, LogLevel.Warning, "Status changes cannot be sent, because {Destination} cannot be reached. They are tried again.")]
    public static partial void StatusChangesWait(ILogger logger, Exception failure, string destination);

    [LoggerMessage(2061, LogLevel.Error, "{Destination} refused a status change. It is not sent again. Correct the settings of StatusChanges.")]
    public static partial void StatusChangeRefused(ILogger logger, Exception failure, string destination);

    [LoggerMessage(2062, LogLevel.Error, "{Count} status changes were not delivered to {Destination}: it could not be reached before the process stopped, or too many waited.")]
    public static partial void StatusChangesDropped(ILogger logger, int count, string destination);

    [LoggerMessage(2051, LogLevel.Warning, "The trigger {Trigger} could not check whether it must start executions. It tries again at the next check.")]
    public static partial void TriggerFailed(ILogger logger, Exception failure, string trigger);
}
