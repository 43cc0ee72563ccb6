using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// Makes a URL that reads or writes one blob, for <c>ExpiresIn</c> seconds, without other credentials (the presigned URLs of the AWS SDKs;
/// Azure Storage, "Shared access signatures"). The result contains a placeholder, which is replaced by the URL when a task is called with it.
/// With <c>Visible</c>, the result and the history contain the URL itself.
/// </summary>
internal sealed class PresignObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, SecretPlaceholders placeholders, TimeProvider time, BlobDialect dialect, bool writes)
    : BlobIntegration(store, options, errors, dialect)
{
    private const int DefaultSeconds = 3600;
    private const int LongestSeconds = 7 * 24 * 3600;

    protected override string S3Action => writes ? "presignPutObject" : "presignGetObject";

    protected override string AzureAction => writes ? "getUploadUrl" : "getDownloadUrl";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        long seconds = arguments.Integer("ExpiresIn", 1, LongestSeconds) ?? DefaultSeconds;
        bool visible = arguments.Boolean("Visible") ?? false;
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        DateTimeOffset end = time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        BlobResult<Uri> signed = await Store.For(call).SignAsync(bucket, key, writes, end, cancellationToken);
        if (!signed.IsSuccess)
        {
            return Fail(call, signed.Failure, bucket);
        }

        string url = visible ? signed.Value.AbsoluteUri : await placeholders.CreateAsync(call, BlobAddresses.Reference(bucket, key, writes, end, Store.IdentityOf(call)), cancellationToken);
        return new TaskCompleted(JsonObject.Create(("ExpiresAt", IsoTime.Seconds(end)), ("Url", url)));
    }
}
