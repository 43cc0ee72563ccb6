namespace StepFlow.Integrations.Blobs;

/// <summary>Writes a blob (S3 API, PutObject). S3's names write any value as JSON, as Step Functions does; Azure's write a text as it is.</summary>
internal sealed class PutObject(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    protected override string S3Action => "putObject";

    protected override string AzureAction => "putBlob";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText(NameField);
        string? contentType = BlobHeaders.ReadContentType(arguments);
        string? ifNoneMatch = arguments.Text("IfNoneMatch");
        IReadOnlyDictionary<string, string> metadata = BlobHeaders.ReadMetadata(arguments);
        IReadOnlyDictionary<string, string> tags = BlobTags.ReadOfPut(arguments, IsS3);
        JsonValue? body = arguments.Value("Body");
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        using var content = new MemoryStream(Bytes(body), writable: false);
        var put = new BlobPut
        {
            ContentType = contentType ?? (body is null or JsonString ? "binary/octet-stream" : "application/json"),
            Metadata = metadata,
            Tags = tags,
            OnlyIfAbsent = ifNoneMatch == "*",
        };
        BlobResult<BlobProperties> written = await Store.For(call).PutAsync(bucket, key, content, put, cancellationToken);
        return written.IsSuccess
            ? new TaskCompleted(WithVersion(
                written.Value, ("ETag", Quoted(written.Value.ETag)), IsS3 ? ("ServerSideEncryption", "AES256") : ("LastModified", IsoTime.Seconds(written.Value.LastModified))))
            : Fail(call, written.Failure, bucket);
    }
}
