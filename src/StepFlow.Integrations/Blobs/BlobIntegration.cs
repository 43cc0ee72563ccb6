using System.Text;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// The base of the blob integrations. Each operation has two names: that of S3 (<c>aws-sdk:s3:getObject</c>: Bucket, Key)
/// and that of Azure (<c>azure:blob:getBlob</c>: Container, Blob).
/// </summary>
internal abstract class BlobIntegration(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : ITaskIntegration
{
    public string Name => (dialect == BlobDialect.S3 ? "aws-sdk:s3:" + S3Action : "azure:blob:" + AzureAction);

    protected abstract string S3Action { get; }

    protected abstract string AzureAction { get; }

    protected WorkflowBlobs Store => store;

    protected BlobOptions Options => options;

    protected bool IsS3 => dialect == BlobDialect.S3;

    protected string ContainerField => IsS3 ? "Bucket" : "Container";

    protected string NameField => IsS3 ? "Key" : "Blob";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string bucket = arguments.RequiredText(ContainerField);
        return arguments.Problem is { } problem
            ? Refusals.Invalid(call, problem)
            : await RunAsync(call, arguments, bucket, cancellationToken);
    }

    protected abstract Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken);

    protected IBlobRefusals Refusals { get; } = errors.For(dialect);

    protected TaskRejected Fail(TaskCall call, BlobFailure failure, string bucket) => Refusals.Fail(call, failure, bucket);

    protected static string Quoted(string etag) => "\"" + etag + "\"";

    /// <summary>The version of the blob that a call is about; null for the current one.</summary>
    protected static string? Version(ArgumentReader arguments) => arguments.Text(BlobErrors.VersionField);

    /// <summary>The result of a call that wrote a blob, with its version if the account stores versions.</summary>
    protected static JsonObject WithVersion(BlobProperties written, params (string Name, JsonValue Value)[] result) =>
        written.VersionId is { } version ? JsonObject.Create([.. result, (BlobErrors.VersionField, version)]) : JsonObject.Create(result);

    protected JsonObjectBuilder Describe(BlobProperties blob)
    {
        JsonObjectBuilder response = (IsS3 ? new JsonObjectBuilder(8).Set("AcceptRanges", "bytes") : new JsonObjectBuilder(8))
            .Set("ContentLength", blob.Length)
            .Set("ContentType", blob.ContentType)
            .Set("ETag", Quoted(blob.ETag))
            .Set("LastModified", IsoTime.Seconds(blob.LastModified));
        var metadata = new JsonObjectBuilder();
        foreach ((string name, string value) in blob.Metadata ?? new Dictionary<string, string>())
        {
            metadata.Set(name, value);
        }

        response.Set("Metadata", metadata.Build());
        if (IsS3)
        {
            response.Set("ServerSideEncryption", "AES256");
        }

        return response.SetIfPresent(BlobErrors.VersionField, blob.VersionId);
    }

    /// <summary>A body as it is stored: by S3's names always as JSON, a text with its quotes; by Azure's a text as it is. Nothing where none is given.</summary>
    protected byte[] Bytes(JsonValue? body) => body is null ? [] : body is JsonString text && !IsS3 ? Encoding.UTF8.GetBytes(text.Value) : body.ToUtf8();

    /// <summary>The source of a copy, <c>CONTAINER/NAME</c> percent-encoded; null where it is refused.</summary>
    protected BlobPath? CopySource(ArgumentReader arguments)
    {
        string[] source = Uri.UnescapeDataString(arguments.RequiredText("CopySource")).TrimStart('/').Split('/', 2);
        if (source.Length < 2)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("CopySource", $"'{ContainerField}/{NameField}' of the source"));
            return null;
        }

        return new(source[0], source[1]);
    }
}

/// <summary>The service whose names an operation on blobs has.</summary>
internal enum BlobDialect
{
    /// <summary>Amazon S3's: Bucket, Key.</summary>
    S3,

    /// <summary>Azure Storage's: Container, Blob.</summary>
    Azure,
}
