namespace StepFlow.Integrations.Blobs;

/// <summary>The properties of a blob (S3 API, HeadObject).</summary>
internal sealed class HeadObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "headObject";

    protected override string AzureAction => "getBlobProperties";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<BlobProperties> found = await Store.For(call).FindAsync(bucket, key, version, cancellationToken);
        return found.IsSuccess ? new TaskCompleted(Describe(found.Value).Build()) : Fail(call, found.Failure, bucket);
    }
}
