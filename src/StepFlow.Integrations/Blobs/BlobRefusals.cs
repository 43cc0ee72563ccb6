namespace StepFlow.Integrations.Blobs;

/// <summary>How calls fail, by whose names they go.</summary>
internal sealed class BlobRefusals(S3Errors s3, AzureBlobErrors azure)
{
    public IBlobRefusals For(BlobDialect dialect) => dialect == BlobDialect.S3 ? s3 : azure;
}
