namespace StepFlow.Integrations.Blobs;

/// <summary>Cancels an upload in parts (S3 API, AbortMultipartUpload). Nothing is stored for an upload, and Azure Storage removes blocks by itself that were never committed.</summary>
internal sealed class AbortMultipartUpload(WorkflowBlobs store, BlobOptions options, BlobRefusals errors) : MultipartIntegration(store, options, errors)
{
    protected override string S3Action => "abortMultipartUpload";

    protected override Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, BlobPath blob, MultipartUpload upload, CancellationToken cancellationToken) =>
        Task.FromResult<TaskOutcome>(new TaskCompleted(JsonObject.Empty));
}
