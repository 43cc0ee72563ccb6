namespace StepFlow.Integrations.Blobs;

/// <summary>The tags of a blob (S3 API, GetObjectTagging).</summary>
internal sealed class GetObjectTagging(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "getObjectTagging";

    protected override string AzureAction => "getBlobTags";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<IReadOnlyDictionary<string, string>> found = await Store.For(call).FindTagsAsync(bucket, key, version, cancellationToken);
        return found.IsSuccess ? new TaskCompleted(BlobTags.Write(found.Value, IsS3)) : Fail(call, found.Failure, bucket);
    }
}
