using Microsoft.Extensions.Logging;

namespace StepFlow.Runtime;

/// <summary>The log lines about executions of all hosts. They contain inputs and outputs only if a state machine's logging configuration includes them. Event ids are never reused: 2005 to 2009, 2100 to 2199.</summary>
internal static partial class RuntimeLogs
{
    [LoggerMessage(2101, LogLevel.Information, "{Type} of {ExecutionArn} for {LogGroup}: {Record}")]
    public static partial void ExecutionEvent(ILogger logger, string type, string executionArn, string? logGroup, string record);

    [LoggerMessage(2102, LogLevel.Error, "{Type} of {ExecutionArn} for {LogGroup}: {Record}")]
    public static partial void ExecutionFailure(ILogger logger, string type, string executionArn, string? logGroup, string record);

    [LoggerMessage(2103, LogLevel.Warning, "The state of a Map Run could not be saved. It is saved again with its next change.")]
    public static partial void MapRunNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "State {State} of {Execution} failed because of a defect in StepFlow, not in the workflow. Please report it with this stack trace.")]
    public static partial void StateDefect(ILogger logger, Exception exception, string state, string execution);

    [LoggerMessage(2007, LogLevel.Warning, "The function that the state {State} of {ExecutionArn} invokes without waiting failed, and is called again: {Reason}")]
    public static partial void DeferredInvocationFailed(ILogger logger, string state, string executionArn, string reason);

    [LoggerMessage(2008, LogLevel.Error, "The function that the state {State} of {ExecutionArn} invokes without waiting failed too often, and is not called again: {Reason}")]
    public static partial void DeferredInvocationAbandoned(ILogger logger, string state, string executionArn, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "Functions that are invoked without waiting cannot be called now. They are tried again.")]
    public static partial void DeferredInvocationsNotRead(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "Execution {Execution} was abandoned because of a defect in the host, not in the workflow.")]
    public static partial void ExecutionAbandoned(ILogger logger, Exception exception, string execution);

    [LoggerMessage(2104, LogLevel.Warning, "Could not {Purpose}. Nothing depends on it, and running executions continue.")]
    public static partial void BackgroundTaskFailed(ILogger logger, Exception exception, string purpose);
}
