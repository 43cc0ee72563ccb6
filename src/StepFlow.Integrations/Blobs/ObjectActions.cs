using System.Text;
using static StepFlow.Integrations.Blobs.BlobViews;

namespace StepFlow.Integrations.Blobs;

/// <summary>The actions on one blob.</summary>
internal static class ObjectActions
{
    private const int DefaultSeconds = 3600;
    private const int LongestSeconds = 7 * 24 * 3600;

    public static readonly BlobAction[] All =
    [
        new("getObject", "getBlob", Get),
        new("headObject", "getBlobProperties", Head),
        new("putObject", "putBlob", Put),
        new("copyObject", "copyBlob", Copy),
        new("deleteObject", "deleteBlob", Delete),
        new("getObjectTagging", "getBlobTags", GetTags),
        new("putObjectTagging", "setBlobTags", static call => PutTags(call, BlobTags.Read)),
        new("deleteObjectTagging", "deleteBlobTags", static call => PutTags(call, static (_, _) => new Dictionary<string, string>())),
        new("presignGetObject", "getDownloadUrl", static call => Presign(call, writes: false)),
        new("presignPutObject", "getUploadUrl", static call => Presign(call, writes: true)),
    ];

    /// <summary>Reads a blob into the workflow's data, as text (S3 API, GetObject).</summary>
    private static PreparedRequest Get(BlobCall call)
    {
        string key = call.ReadKey();
        string? version = call.ReadVersion();
        return async token =>
        {
            BlobResult<BlobContent> found = await call.Store.OpenAsync(call.Bucket, key, version is null ? null : new(VersionId: version), token);
            if (!found.IsSuccess)
            {
                return call.Fail(found.Failure);
            }

            await using BlobContent blob = found.Value;
            if (blob.Properties.Length > call.Context.Options.MaxReadBytes)
            {
                return BlobRefusals.TooLarge(call, blob.Properties.Length, call.Context.Options.MaxReadBytes);
            }

            using var reader = new StreamReader(blob.Stream, Encoding.UTF8);
            string text = await reader.ReadToEndAsync(token);
            return new TaskCompleted(Describe(blob.Properties, call.IsS3).Set("Body", text).Build());
        };
    }

    /// <summary>The properties of a blob (S3 API, HeadObject).</summary>
    private static PreparedRequest Head(BlobCall call)
    {
        string key = call.ReadKey();
        string? version = call.ReadVersion();
        return token => call.OutcomeAsync(call.Store.FindAsync(call.Bucket, key, version, token), found => Describe(found, call.IsS3).Build());
    }

    /// <summary>Writes a blob (S3 API, PutObject). S3's names write any value as JSON, as Step Functions does; Azure's write a text as it is.</summary>
    private static PreparedRequest Put(BlobCall call)
    {
        string key = call.ReadKey();
        string? contentType = BlobHeaders.ReadContentType(call.Arguments);
        JsonValue? body = call.Arguments.Value("Body");
        var put = new BlobPut
        {
            ContentType = contentType ?? (body is null or JsonString ? "binary/octet-stream" : "application/json"),
            OnlyIfAbsent = call.Arguments.Text("IfNoneMatch") == "*",
            Metadata = BlobHeaders.ReadMetadata(call.Arguments),
            Tags = BlobTags.ReadOfPut(call.Arguments, call.IsS3),
        };
        return async token =>
        {
            using var content = new MemoryStream(call.Bytes(body), writable: false);
            return await call.OutcomeAsync(call.Store.PutAsync(call.Bucket, key, content, put, token), written => WithVersion(
                written, ("ETag", Quoted(written.ETag)), call.IsS3 ? (Encryption, Aes256) : ("LastModified", IsoTime.Seconds(written.LastModified))));
        };
    }

    /// <summary>Copies a blob; the source is <c>CONTAINER/NAME</c>, percent-encoded (S3 API, CopyObject).</summary>
    private static PreparedRequest Copy(BlobCall call)
    {
        string key = call.ReadKey();
        BlobPath? source = call.ReadCopySource();
        return token => call.OutcomeAsync(call.Store.CopyAsync(source!, new(call.Bucket, key), token), copied =>
        {
            (string, JsonValue)[] result = [("ETag", Quoted(copied.ETag)), ("LastModified", IsoTime.Seconds(copied.LastModified))];
            return call.IsS3 ? WithVersion(copied, ("CopyObjectResult", JsonObject.Create(result)), (Encryption, Aes256)) : WithVersion(copied, result);
        });
    }

    /// <summary>Deletes a blob. If it does not exist, this is not a failure (S3 API, DeleteObject).</summary>
    private static PreparedRequest Delete(BlobCall call)
    {
        string key = call.ReadKey();
        string? version = call.ReadVersion();
        return token => call.OutcomeAsync(call.Store.DeleteAsync(call.Bucket, key, version, token), static _ => JsonObject.Empty);
    }

    /// <summary>The tags of a blob (S3 API, GetObjectTagging).</summary>
    private static PreparedRequest GetTags(BlobCall call)
    {
        string key = call.ReadKey();
        string? version = call.ReadVersion();
        return token => call.OutcomeAsync(call.Store.FindTagsAsync(call.Bucket, key, version, token), found => BlobTags.Write(found, call.IsS3));
    }

    /// <summary>Replaces the tags of a blob (S3 API, PutObjectTagging and DeleteObjectTagging).</summary>
    private static PreparedRequest PutTags(BlobCall call, Func<ArgumentReader, bool, IReadOnlyDictionary<string, string>> read)
    {
        string key = call.ReadKey();
        string? version = call.ReadVersion();
        IReadOnlyDictionary<string, string> tags = read(call.Arguments, call.IsS3);
        return token => call.OutcomeAsync(call.Store.PutTagsAsync(call.Bucket, key, version, tags, token), static _ => JsonObject.Empty);
    }

    /// <summary>
    /// Makes a URL that reads or writes one blob, for <c>ExpiresIn</c> seconds, without other credentials (the presigned URLs of the AWS SDKs;
    /// Azure Storage, "Shared access signatures"). The result contains a placeholder, which is replaced by the URL when a task is called with it.
    /// With <c>Visible</c>, the result and the history contain the URL itself.
    /// </summary>
    private static PreparedRequest Presign(BlobCall call, bool writes)
    {
        string key = call.ReadKey();
        long seconds = call.Arguments.Integer("ExpiresIn", 1, LongestSeconds) ?? DefaultSeconds;
        bool visible = call.Arguments.Boolean("Visible") ?? false;
        return async token =>
        {
            DateTimeOffset end = call.Context.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            BlobResult<Uri> signed = await call.Store.SignAsync(call.Bucket, key, writes, end, token);
            if (!signed.IsSuccess)
            {
                return call.Fail(signed.Failure);
            }

            JsonObject reference = BlobAddresses.Reference(call.Bucket, key, writes, end, call.Context.Store.IdentityOf(call.Call));
            string url = visible ? signed.Value.AbsoluteUri : await call.Context.Placeholders.CreateAsync(call.Call, reference, token);
            return new TaskCompleted(JsonObject.Create(("ExpiresAt", IsoTime.Seconds(end)), ("Url", url)));
        };
    }
}
