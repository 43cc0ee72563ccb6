using Microsoft.Extensions.Logging;

namespace StepFlow.Service;

/// <summary>What the service logs about itself. Inputs and outputs of executions never reach it. Event ids are not reused.</summary>
internal static partial class Logs
{
    [LoggerMessage(2001, LogLevel.Error, "Operation {Operation} failed unexpectedly.")]
    public static partial void OperationFailed(ILogger logger, string operation, Exception exception);
}
