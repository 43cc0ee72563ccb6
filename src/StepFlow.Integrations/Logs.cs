using Microsoft.Extensions.Logging;

namespace StepFlow.Integrations;

/// <summary>What this project logs. Event ids are never reused: 3000 to 3099.</summary>
internal static partial class Logs
{
    [LoggerMessage(3000, LogLevel.Error, "The function {Function} threw while it was called by {ExecutionArn}.")]
    public static partial void FunctionThrew(ILogger logger, Exception failure, string function, string executionArn);
}
