namespace StepFlow.Integrations.Blobs;

/// <summary>Replaces the tags of a blob (S3 API, PutObjectTagging).</summary>
internal sealed class PutObjectTagging(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "putObjectTagging";

    protected override string AzureAction => "setBlobTags";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        IReadOnlyDictionary<string, string> tags = BlobTags.Read(arguments, IsS3);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<bool> put = await Store.For(call).PutTagsAsync(bucket, key, version, tags, cancellationToken);
        return put.IsSuccess ? new TaskCompleted(JsonObject.Empty) : Fail(call, put.Failure, bucket);
    }
}
