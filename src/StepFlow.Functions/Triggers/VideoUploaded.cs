using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Hosting;
using StepFlow.Integrations.Executions;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.Functions.Triggers;

/// <summary>Starts the video pipeline for an upload.</summary>
internal sealed class VideoUploaded(VideoPipelineMachine pipeline, IExecutionStarter starter, DurableClients clients, ILogger<VideoUploaded> logger)
{
    /// <summary>The container of uploaded videos: the pipeline's default.</summary>
    public const string Container = "videos";

    /// <summary>
    /// Event Grid reports each upload, at least once. The execution's name is computed from the blob and its ETag, and a name
    /// starts only one execution. So each version of a blob has one execution.
    /// </summary>
    [Function(nameof(VideoUploaded))]
    public Task UploadedAsync(
        [BlobTrigger(Container + "/{name}", Source = BlobTriggerSource.EventGrid, Connection = "WorkflowStorage")] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => StartAsync(blob, client, cancellationToken);

    /// <summary>
    /// Finds uploads by polling the container, for an emulator, which has no Event Grid. Disabled in Azure. A blob
    /// that both triggers report has only one execution.
    /// </summary>
    [Function("VideoScanned")]
    public Task ScannedAsync(
        [BlobTrigger(Container + "/{name}", Source = BlobTriggerSource.LogsAndContainerScan, Connection = "WorkflowStorage")] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => StartAsync(blob, client, cancellationToken);

    private async Task StartAsync(BlobClient blob, DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        string etag = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag.ToString();
        string machine = await pipeline.ArnAsync(cancellationToken);
        var request = new StartRequest(machine, BlobWatcher.ExecutionName(Container, blob.Name, etag), BlobWatcher.ExecutionInput(Container, blob.Name, etag));
        switch (await starter.StartAsync(request, cancellationToken))
        {
            case Started started:
                FunctionsLogs.UploadStarted(logger, blob.Name, started.ExecutionArn);
                break;
            case StartRefused { Code: "ExecutionAlreadyExists" }:
                FunctionsLogs.UploadKnown(logger, blob.Name);
                break;
            case StartRefused refused:
                // Event Grid tries again, and puts the event aside when that does not help.
                throw new InvalidOperationException($"No execution for {blob.Name}: {refused.Code}: {refused.Message}");
        }
    }
}
