using System.Diagnostics;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Blobs;

/// <summary>Begins an upload in parts (S3 API, CreateMultipartUpload).</summary>
internal sealed class CreateMultipartUpload(WorkflowBlobs store, BlobOptions options, BlobRefusals errors) : BlobIntegration(store, options, errors, BlobDialect.S3)
{
    protected override string S3Action => "createMultipartUpload";

    protected override string AzureAction => throw new UnreachableException();

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        var upload = new MultipartUpload(
            Guid.Parse(RequestId.Derive(call.IdempotencyKey, "upload")),
            BlobHeaders.ReadContentType(arguments) ?? "binary/octet-stream",
            BlobHeaders.ReadMetadata(arguments),
            BlobTags.ReadOfPut(arguments, isS3: true));
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        // Nothing is written yet. But the request shows whether the bucket exists, and whether the blob may be accessed.
        BlobResult<BlobProperties> before = await Store.For(call).FindAsync(bucket, key, cancellationToken);
        return before.IsSuccess || before.Failure == BlobFailure.NoSuchBlob
            ? new TaskCompleted(JsonObject.Create(("Bucket", bucket), ("Key", key), ("ServerSideEncryption", "AES256"), ("UploadId", upload.UploadId)))
            : Fail(call, before.Failure, bucket);
    }
}
