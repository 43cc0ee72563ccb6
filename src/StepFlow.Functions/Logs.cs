using Microsoft.Extensions.Logging;

namespace StepFlow.Functions;

/// <summary>What this project logs. Event ids are never reused: 5000 to 5099.</summary>
internal static partial class Logs
{
    [LoggerMessage(5000, LogLevel.Information, "The upload {Blob} started {ExecutionArn}.")]
    public static partial void UploadStarted(ILogger logger, string blob, string executionArn);

    [LoggerMessage(5001, LogLevel.Information, "The upload {Blob} has its execution already.")]
    public static partial void UploadKnown(ILogger logger, string blob);

    [LoggerMessage(5002, LogLevel.Information, "Swept: {Removed} executions removed (late: {IsLate}).")]
    public static partial void Swept(ILogger logger, int removed, bool isLate);
}
