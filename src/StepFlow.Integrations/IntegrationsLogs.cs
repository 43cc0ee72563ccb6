using Microsoft.Extensions.Logging;

namespace StepFlow.Integrations;

/// <summary>The log lines of this project. Event ids are never reused: 3000 to 3099.</summary>
internal static partial class IntegrationsLogs
{
    [LoggerMessage(3000, LogLevel.Error, "The function {Function} threw an exception when {ExecutionArn} called it.")]
    public static partial void FunctionThrew(ILogger logger, Exception failure, string function, string executionArn);

    [LoggerMessage(3003, LogLevel.Information, "The function {Function}, called by {ExecutionArn}, wrote: {Text}")]
    public static partial void FunctionWrote(ILogger logger, string function, string executionArn, string text);

    [LoggerMessage(3001, LogLevel.Warning, "The service that {Resource} calls is not available now: {Reason} The task of the state {State} of {ExecutionArn} is repeated until its timeout.")]
    public static partial void TaskOutage(ILogger logger, string resource, string state, string executionArn, string reason);

    [LoggerMessage(3002, LogLevel.Error, "The call of {Resource} by the state {State} of {ExecutionArn} was refused, and the task fails.")]
    public static partial void TaskRefused(ILogger logger, Exception failure, string resource, string state, string executionArn);
}
