namespace StepFlow.Integrations.Blobs;

/// <summary>Takes all tags off a blob (S3 API, DeleteObjectTagging).</summary>
internal sealed class DeleteObjectTagging(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "deleteObjectTagging";

    protected override string AzureAction => "deleteBlobTags";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<bool> put = await Store.For(call).PutTagsAsync(bucket, key, version, new Dictionary<string, string>(), cancellationToken);
        return put.IsSuccess ? new TaskCompleted(JsonObject.Empty) : Fail(call, put.Failure, bucket);
    }
}
