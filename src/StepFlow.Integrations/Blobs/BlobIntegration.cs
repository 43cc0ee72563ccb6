namespace StepFlow.Integrations.Blobs;

/// <summary>An action on blobs, under one of its two names: S3's (<c>aws-sdk:s3:getObject</c>) or Azure's (<c>azure:blob:getBlob</c>).</summary>
internal sealed class BlobIntegration(BlobContext context, BlobDialect dialect, string action, BlobPreparation prepare) : ITaskIntegration
{
    public string Name => (dialect == BlobDialect.S3 ? "aws-sdk:s3:" : "azure:blob:") + action;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var blobs = new BlobCall(context, dialect, call);
        PreparedRequest request = prepare(blobs);
        return blobs.Arguments.Problem is { } problem ? BlobRefusals.Invalid(blobs, problem) : await request(cancellationToken);
    }
}

/// <summary>Reads the arguments of a call, and reports those that are wrong to its reader.</summary>
/// <returns>The request; sent only where nothing is wrong.</returns>
internal delegate PreparedRequest BlobPreparation(BlobCall call);

/// <summary>An action on blobs.</summary>
/// <param name="S3">Its name in S3's API.</param>
/// <param name="Azure">Its name among Azure's actions; null where it has none.</param>
internal sealed record BlobAction(string S3, string? Azure, BlobPreparation Prepare);

/// <summary>The service whose names an operation on blobs has.</summary>
internal enum BlobDialect
{
    /// <summary>Amazon S3's: Bucket, Key.</summary>
    S3,

    /// <summary>Azure Storage's: Container, Blob.</summary>
    Azure,
}
