namespace StepFlow.Integrations.Blobs;

/// <summary>The results of actions on blobs.</summary>
internal static class BlobViews
{
    public const string Encryption = "ServerSideEncryption";
    public const string Aes256 = "AES256";

    public static string Quoted(string etag) => "\"" + etag + "\"";

    /// <summary>The result of a call that wrote a blob, with its version if the account stores versions.</summary>
    public static JsonObject WithVersion(BlobProperties written, params (string Name, JsonValue Value)[] result) =>
        written.VersionId is { } version ? JsonObject.Create([.. result, (BlobErrors.VersionField, version)]) : JsonObject.Create(result);

    /// <summary>The properties of a blob.</summary>
    public static JsonObjectBuilder Describe(BlobProperties blob, bool isS3)
    {
        JsonObjectBuilder response = (isS3 ? new JsonObjectBuilder(8).Set("AcceptRanges", "bytes") : new JsonObjectBuilder(8))
            .Set("ContentLength", blob.Length)
            .Set("ContentType", blob.ContentType)
            .Set("ETag", Quoted(blob.ETag))
            .Set("LastModified", IsoTime.Seconds(blob.LastModified));
        response.Set("Metadata", JsonObject.Create([.. (blob.Metadata ?? new Dictionary<string, string>()).Select(static pair => (pair.Key, (JsonValue)pair.Value))]));
        return (isS3 ? response.Set(Encryption, Aes256) : response).SetIfPresent(BlobErrors.VersionField, blob.VersionId);
    }
}
