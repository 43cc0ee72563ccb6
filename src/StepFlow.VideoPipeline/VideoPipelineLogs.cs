using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Blobs;

namespace StepFlow.VideoPipeline;

/// <summary>What this project logs. Event ids are never reused: 4000 to 4099.</summary>
internal static partial class VideoPipelineLogs
{
    [LoggerMessage(4000, LogLevel.Warning, "The container {Container} could not be listed. It is listed again after the interval.")]
    public static partial void WatchFailed(ILogger logger, Exception failure, string container);

    [LoggerMessage(4001, LogLevel.Warning, "The container {Container} could not be listed: {Failure}.")]
    public static partial void WatchRefused(ILogger logger, string container, BlobFailure failure);

    [LoggerMessage(4002, LogLevel.Error, "No execution for the blob {Blob}: {Code}: {Reason}")]
    public static partial void StartRefused(ILogger logger, string blob, string code, string reason);
}
