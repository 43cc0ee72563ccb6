using Microsoft.Extensions.Logging;

namespace StepFlow.Service;

/// <summary>What the service logs about itself. Inputs and outputs of executions never reach it. Event ids are not reused.</summary>
internal static partial class Logs
{
    [LoggerMessage(2001, LogLevel.Error, "Operation {Operation} failed unexpectedly.")]
    public static partial void OperationFailed(ILogger logger, string operation, Exception exception);

    [LoggerMessage(2002, LogLevel.Information, "{Type} of {ExecutionArn} for {LogGroup}: {Record}")]
    public static partial void ExecutionEvent(ILogger logger, string type, string executionArn, string? logGroup, string record);

    [LoggerMessage(2003, LogLevel.Error, "{Type} of {ExecutionArn} for {LogGroup}: {Record}")]
    public static partial void ExecutionFailure(ILogger logger, string type, string executionArn, string? logGroup, string record);

    [LoggerMessage(2004, LogLevel.Warning, "The state of a Map Run could not be saved; it is tried again with its next change.")]
    public static partial void MapRunNotSaved(ILogger logger, Exception exception);
}
