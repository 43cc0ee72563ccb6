using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Blobs;

/// <summary>Writes a blob: a text as it is, any other value as JSON (S3 API, PutObject).</summary>
internal sealed class PutObject(IBlobStore store, BlobOptions options, S3Errors errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "putObject";

    protected override string AzureAction => "putBlob";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? contentType = arguments.Text("ContentType");
        string? ifNoneMatch = arguments.Text("IfNoneMatch");
        JsonObject? metadata = arguments.Object("Metadata");
        JsonValue body = arguments.Value("Body") ?? JsonString.Empty;
        if (arguments.Problem is { } problem)
        {
            return S3Errors.Invalid(call, problem);
        }

        using var content = new MemoryStream(Bytes(body), writable: false);
        var put = new BlobPut
        {
            ContentType = contentType ?? (body is JsonString ? "binary/octet-stream" : "application/json"),
            Metadata = (metadata ?? JsonObject.Empty).ToDictionary(static pair => pair.Key, static pair => pair.Value is JsonString text ? text.Value : pair.Value.ToString()),
            OnlyIfAbsent = ifNoneMatch == "*",
        };
        BlobAnswer<BlobProperties> written = await Store.PutAsync(Container(bucket), key, content, put, cancellationToken);
        return written.IsSuccess
            ? new TaskCompleted(JsonObject.Create(("ETag", Quoted(written.Value.ETag)), ("ServerSideEncryption", "AES256")))
            : Fail(call, written.Failure, bucket);
    }
}
