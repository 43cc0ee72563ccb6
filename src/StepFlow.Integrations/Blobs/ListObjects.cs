using static StepFlow.Integrations.Blobs.BlobViews;

namespace StepFlow.Integrations.Blobs;

/// <summary>Lists blobs (S3 API, ListObjectsV2; for Azure: Blobs, Prefixes, ContinuationToken).</summary>
internal static class ListObjects
{
    private const int LongestPart = 1024;

    public static readonly BlobAction Action = new("listObjectsV2", "listBlobs", Prepare);

    private static PreparedRequest Prepare(BlobCall call)
    {
        var query = new BlobQuery
        {
            Prefix = ReadPart(call.Arguments, "Prefix"),
            Delimiter = ReadPart(call.Arguments, "Delimiter"),
            After = ReadPart(call.Arguments, "ContinuationToken"),
            Count = (int)(call.Arguments.Integer(call.IsS3 ? "MaxKeys" : "MaxResults", 1, 1000) ?? 1000),
        };
        return token => call.OutcomeAsync(call.Store.ListAsync(call.Bucket, query, token), page => call.IsS3 ? View(call.Bucket, query, page) : View(page));
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

    private static JsonObject View(BlobPage page) => new JsonObjectBuilder(3)
        .Set("Blobs", JsonArray.From(page.Blobs.Select(static blob => (JsonValue)JsonObject.Create(
            ("Name", blob.Name),
            ("ContentLength", blob.Length),
            ("ContentType", blob.ContentType),
            ("ETag", Quoted(blob.ETag)),
            ("LastModified", IsoTime.Seconds(blob.LastModified))))))
        .Set("Prefixes", JsonArray.From(page.Prefixes.Select(static prefix => (JsonValue)prefix)))
        .SetIfPresent("ContinuationToken", page.Next)
        .Build();

    private static JsonObject View(string bucket, BlobQuery query, BlobPage page) => new JsonObjectBuilder(10)
        .SetIfPresent("CommonPrefixes", page.Prefixes.Count == 0 ? null : JsonArray.From(page.Prefixes.Select(static prefix => (JsonValue)JsonObject.Create(("Prefix", prefix)))))
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
