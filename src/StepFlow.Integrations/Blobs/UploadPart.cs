namespace StepFlow.Integrations.Blobs;

/// <summary>Uploads a part (S3 API, UploadPart).</summary>
internal sealed class UploadPart(WorkflowBlobs store, BlobOptions options, BlobRefusals errors) : MultipartIntegration(store, options, errors)
{
    protected override string S3Action => "uploadPart";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, BlobPath blob, MultipartUpload upload, CancellationToken cancellationToken)
    {
        int part = PartNumber(arguments);
        byte[] body = Bytes(arguments.Value("Body"));
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<string> put = await PutAsync(call, blob, upload, part, body, cancellationToken);
        return put.IsSuccess
            ? new TaskCompleted(JsonObject.Create(("ETag", Quoted(put.Value)), ("ServerSideEncryption", "AES256")))
            : Fail(call, put.Failure, blob.Container);
    }
}
