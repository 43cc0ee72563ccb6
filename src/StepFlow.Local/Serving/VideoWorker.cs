using StepFlow.VideoPipeline.Watching;

namespace StepFlow.Local.Serving;

/// <summary>Hosts the watcher that starts the video pipeline for new blobs.</summary>
internal sealed class VideoWorker(BlobWatcher watcher, string stateMachineArn)
{
    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await watcher.RunAsync(stateMachineArn, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; what was not seen is seen after the next start.
        }
    }
}
