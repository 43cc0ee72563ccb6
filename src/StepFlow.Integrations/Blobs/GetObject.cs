using System.Text;

namespace StepFlow.Integrations.Blobs;

/// <summary>Reads a blob into the workflow's data, as text (S3 API, GetObject).</summary>
internal sealed class GetObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "getObject";

    protected override string AzureAction => "getBlob";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? version = Version(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<BlobContent> found = await Store.For(call).OpenAsync(bucket, key, version is null ? null : new(VersionId: version), cancellationToken);
        if (!found.IsSuccess)
        {
            return Fail(call, found.Failure, bucket);
        }

        await using BlobContent blob = found.Value;
        if (blob.Properties.Length > Options.MaxReadBytes)
        {
            return Refusals.TooLarge(call, blob.Properties.Length, Options.MaxReadBytes);
        }

        using var reader = new StreamReader(blob.Stream, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(cancellationToken);
        return new TaskCompleted(Describe(blob.Properties).Set("Body", text).Build());
    }
}
