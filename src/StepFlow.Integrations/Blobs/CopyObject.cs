namespace StepFlow.Integrations.Blobs;

/// <summary>Copies a blob; the source is <c>CONTAINER/NAME</c>, percent-encoded (S3 API, CopyObject).</summary>
internal sealed class CopyObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "copyObject";

    protected override string AzureAction => "copyBlob";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        BlobPath? source = CopySource(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<BlobProperties> copied = await Store.For(call).CopyAsync(
            source!, new(bucket, key), cancellationToken);
        return copied.IsSuccess && !IsS3 ? new TaskCompleted(WithVersion(copied.Value, ("ETag", Quoted(copied.Value.ETag)), ("LastModified", IsoTime.Seconds(copied.Value.LastModified))))
            : copied.IsSuccess
            ? new TaskCompleted(WithVersion(
                copied.Value,
                ("CopyObjectResult", JsonObject.Create(("ETag", Quoted(copied.Value.ETag)), ("LastModified", IsoTime.Seconds(copied.Value.LastModified)))),
                ("ServerSideEncryption", "AES256")))
            : Fail(call, copied.Failure, bucket);
    }
}
