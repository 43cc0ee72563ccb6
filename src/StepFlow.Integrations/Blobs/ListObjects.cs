namespace StepFlow.Integrations.Blobs;

/// <summary>Lists blobs (S3 API, ListObjectsV2; for Azure: Blobs, Prefixes, ContinuationToken).</summary>
internal sealed class ListObjects(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, BlobDialect dialect) : BlobIntegration(store, options, errors, dialect)
{
    private const int LongestPart = 1024;

    protected override string S3Action => "listObjectsV2";

    protected override string AzureAction => "listBlobs";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string? prefix = ReadPart(arguments, "Prefix");
        string? delimiter = ReadPart(arguments, "Delimiter");
        string? after = ReadPart(arguments, "ContinuationToken");
        int count = (int)(arguments.Integer(IsS3 ? "MaxKeys" : "MaxResults", 1, 1000) ?? 1000);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        var query = new BlobQuery { Prefix = prefix, Delimiter = delimiter, After = after, Count = count };
        BlobResult<BlobPage> found = await Store.For(call).ListAsync(bucket, query, cancellationToken);
        return found.IsSuccess ? new TaskCompleted(IsS3 ? Response(bucket, query, found.Value) : Response(found.Value)) : Fail(call, found.Failure, bucket);
    }

    // They are part of the URL. A longer text, or an invalid one, would break the connection instead of giving an error.
    private static string? ReadPart(ArgumentReader arguments, string name)
    {
        string? part = arguments.Text(name);
        if (part is not null && (part.Length > LongestPart || part.Any(char.IsControl) || !BlobLocations.IsUnicode(part)))
        {
            arguments.Refuse(TaskErrors.InvalidArgument(name, $"a text of at most {LongestPart} characters, without control characters"));
        }

        return part;
    }

    private static JsonObject Response(BlobPage page) => new JsonObjectBuilder(3)
        .Set("Blobs", JsonArray.From(page.Blobs.Select(static blob => (JsonValue)JsonObject.Create(
            ("Name", blob.Name),
            ("ContentLength", blob.Length),
            ("ContentType", blob.ContentType),
            ("ETag", Quoted(blob.ETag)),
            ("LastModified", IsoTime.Seconds(blob.LastModified))))))
        .Set("Prefixes", JsonArray.From(page.Prefixes.Select(static prefix => (JsonValue)prefix)))
        .SetIfPresent("ContinuationToken", page.Next)
        .Build();

    private static JsonObject Response(string bucket, BlobQuery query, BlobPage page)
    {
        var response = new JsonObjectBuilder(10);
        if (page.Prefixes.Count > 0)
        {
            response.Set("CommonPrefixes", JsonArray.From(page.Prefixes.Select(static prefix => (JsonValue)JsonObject.Create(("Prefix", prefix)))));
        }

        return response
            .Set("Contents", JsonArray.From(page.Blobs.Select(static blob => (JsonValue)JsonObject.Create(
                ("ETag", Quoted(blob.ETag)),
                ("Key", blob.Name),
                ("LastModified", IsoTime.Seconds(blob.LastModified)),
                ("Size", blob.Length),
                ("StorageClass", "STANDARD")))))
            .SetIfPresent("ContinuationToken", query.After)
            .SetIfPresent("Delimiter", query.Delimiter)
            .Set("IsTruncated", page.Next is not null)
            .Set("KeyCount", page.Blobs.Count + page.Prefixes.Count)
            .Set("MaxKeys", query.Count)
            .Set("Name", bucket)
            .SetIfPresent("NextContinuationToken", page.Next)
            .Set("Prefix", query.Prefix ?? string.Empty)
            .Build();
    }
}
