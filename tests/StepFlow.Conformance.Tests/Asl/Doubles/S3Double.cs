using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Buckets of objects; also what distributed Maps read from.</summary>
internal sealed class S3Double(TimeProvider clock) : IObjectStore
{
    private readonly Dictionary<string, SortedDictionary<string, (byte[] Content, DateTimeOffset Time)>> _buckets = new(StringComparer.Ordinal);

    public void Add(string bucket) => _buckets[bucket] = new(StringComparer.Ordinal);

    public void Put(string bucket, string key, byte[] content)
    {
        if (!_buckets.ContainsKey(bucket))
        {
            Add(bucket);
        }

        _buckets[bucket][key] = (content, clock.GetUtcNow());
    }

    /// <summary>The service's response; null if the action has no double.</summary>
    /// <param name="action">The action, as Resources name it.</param>
    /// <param name="arguments">What it is called with.</param>
    public TaskOutcome? Run(string action, JsonValue arguments)
    {
        string bucket = AwsResponses.Text(arguments, "Bucket") ?? string.Empty;
        switch (action)
        {
            case "listBuckets":
                return new TaskCompleted(JsonObject.Create(("Buckets", JsonArray.From(_buckets.Keys.Order(StringComparer.Ordinal).Select(name =>
                    (JsonValue)JsonObject.Create(("CreationDate", Instant(clock.GetUtcNow())), ("Name", name)))))));
            case "createBucket":
                Add(bucket);
                return new TaskCompleted(JsonObject.Create(("Location", "/" + bucket)));
            case not ("getObject" or "headObject" or "putObject" or "listObjects" or "listObjectsV2" or "deleteObject" or "headBucket" or "deleteBucket"):
                return null;
        }

        if (!_buckets.TryGetValue(bucket, out SortedDictionary<string, (byte[] Content, DateTimeOffset Time)>? objects))
        {
            return Failed("S3.NoSuchBucketException", "The specified bucket does not exist");
        }

        switch (action)
        {
            case "headBucket":
                return new TaskCompleted(JsonObject.Empty);
            case "deleteBucket":
                _buckets.Remove(bucket);
                return new TaskCompleted(JsonObject.Empty);
            case "headObject":
                return objects.TryGetValue(AwsResponses.Text(arguments, "Key") ?? string.Empty, out (byte[] Content, DateTimeOffset Time) known)
                    ? new TaskCompleted(Describe(known.Content, known.Time).Without("Body"))
                    : Failed("S3.NoSuchKeyException", string.Empty);
            case "getObject":
                return objects.TryGetValue(AwsResponses.Text(arguments, "Key") ?? string.Empty, out (byte[] Content, DateTimeOffset Time) found)
                    ? new TaskCompleted(Describe(found.Content, found.Time))
                    : Failed("S3.NoSuchKeyException", "The specified key does not exist.");
            case "putObject":
                // A text is stored as its JSON, quotes included.
                byte[] content = Encoding.UTF8.GetBytes((((JsonObject)arguments)["Body"] ?? string.Empty).ToString());
                Put(bucket, AwsResponses.Text(arguments, "Key")!, content);
                return new TaskCompleted(JsonObject.Create(("ETag", ETag(content)), ("ServerSideEncryption", "AES256")));
            case "listObjects" or "listObjectsV2":
                return new TaskCompleted(List(action, bucket, AwsResponses.Text(arguments, "Prefix") ?? string.Empty, objects));
            case "deleteObject":
                objects.Remove(AwsResponses.Text(arguments, "Key") ?? string.Empty);
                return new TaskCompleted(JsonObject.Empty);
            default:
                return null;
        }
    }

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        Objects(address.Bucket).TryGetValue(address.Key, out (byte[] Content, DateTimeOffset Time) found)
            ? read(Slices.Open(found.Content, slice), cancellationToken)
            : throw new ObjectStoreException(MapRunErrors.NoSuchKey(address));

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) =>
        Task.FromResult(new ObjectPage(
            [.. Objects(bucket).Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => new ObjectSummary(entry.Key, entry.Value.Content.Length, ETag(entry.Value.Content), entry.Value.Time))]));

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _ = Objects(address.Bucket);
        Put(address.Bucket, address.Key, content.ToArray());
        return Task.CompletedTask;
    }

    private SortedDictionary<string, (byte[] Content, DateTimeOffset Time)> Objects(string bucket) =>
        _buckets.GetValueOrDefault(bucket) ?? throw new ObjectStoreException(MapRunErrors.NoSuchBucket(bucket));

    private static JsonObject List(string action, string bucket, string prefix, SortedDictionary<string, (byte[] Content, DateTimeOffset Time)> objects)
    {
        JsonValue[] contents = [.. objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (JsonValue)JsonObject.Create(
            ("ETag", ETag(entry.Value.Content)),
            ("Key", entry.Key),
            ("LastModified", Instant(entry.Value.Time)),
            ("Size", entry.Value.Content.Length),
            ("StorageClass", "STANDARD")))];
        JsonObject response = JsonObject.Create(("Contents", JsonArray.From(contents)), ("IsTruncated", false), ("MaxKeys", 1000), ("Name", bucket), ("Prefix", prefix));
        return action == "listObjects" ? response.With("Marker", string.Empty) : response.With("KeyCount", contents.Length);
    }

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static TaskRejected Failed(string error, string message) =>
        new(error, $"{message} (Service: S3, Status Code: 404, Request ID: {AwsResponses.NewId()}, Extended Request ID: {AwsResponses.NewId()})");

    private static JsonObject Describe(byte[] content, DateTimeOffset time) => JsonObject.Create(
        ("AcceptRanges", "bytes"),
        ("ContentLength", content.Length),
        ("ContentType", "binary/octet-stream"),
        ("ETag", ETag(content)),
        ("LastModified", Instant(time)),
        ("Metadata", JsonObject.Empty),
        ("ServerSideEncryption", "AES256"),
        ("Body", Encoding.UTF8.GetString(content)));
}
