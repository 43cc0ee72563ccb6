namespace StepFlow.Integrations.Blobs;

/// <summary>Deletes a blob. If it does not exist, this is not a failure (S3 API, DeleteObject).</summary>
internal sealed class DeleteObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "deleteObject";

    protected override string AzureAction => "deleteBlob";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<bool> deleted = await Store.For(call).DeleteAsync(bucket, key, version, cancellationToken);
        return deleted.IsSuccess ? new TaskCompleted(JsonObject.Empty) : Fail(call, deleted.Failure, bucket);
    }
}
