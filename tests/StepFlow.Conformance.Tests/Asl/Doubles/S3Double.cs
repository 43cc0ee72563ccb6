using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;

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

    public TaskOutcome Run(TaskCall call)
    {
        string bucket = AwsAnswers.Text(call.Arguments, "Bucket") ?? string.Empty;
        if (!_buckets.TryGetValue(bucket, out SortedDictionary<string, (byte[] Content, DateTimeOffset Time)>? objects))
        {
            return Failed("S3.NoSuchBucketException", "The specified bucket does not exist");
        }

        switch (call.Resource.Action)
        {
            case "getObject":
                return objects.TryGetValue(AwsAnswers.Text(call.Arguments, "Key") ?? string.Empty, out (byte[] Content, DateTimeOffset Time) found)
                    ? new TaskCompleted(Describe(found.Content, found.Time))
                    : Failed("S3.NoSuchKeyException", "The specified key does not exist.");
            case "putObject":
                byte[] content = Encoding.UTF8.GetBytes(AwsAnswers.AsText(((JsonObject)call.Arguments)["Body"] ?? string.Empty));
                Put(bucket, AwsAnswers.Text(call.Arguments, "Key")!, content);
                return new TaskCompleted(JsonObject.Create(("ETag", ETag(content)), ("ServerSideEncryption", "AES256")));
            default:
                throw new NotSupportedException($"No bucket does '{call.Resource.Action}'.");
        }
    }

    public Task ReadAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        _buckets.GetValueOrDefault(address.Bucket) is { } objects && objects.TryGetValue(address.Key, out (byte[] Content, DateTimeOffset Time) found)
            ? read(new MemoryStream(found.Content, writable: false), cancellationToken)
            : throw new ObjectStoreException(MapRunErrors.NoSuchKey(address));

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ObjectSummary>>(_buckets.GetValueOrDefault(bucket) is { } objects
            ? [.. objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => new ObjectSummary(entry.Key, entry.Value.Content.Length, ETag(entry.Value.Content), entry.Value.Time))]
            : throw new ObjectStoreException(MapRunErrors.NoSuchBucket(bucket)));

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Put(address.Bucket, address.Key, content.ToArray());
        return Task.CompletedTask;
    }

    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static TaskRejected Failed(string error, string message) =>
        new(error, $"{message} (Service: S3, Status Code: 404, Request ID: {AwsAnswers.NewId()}, Extended Request ID: {AwsAnswers.NewId()})");

    private static JsonObject Describe(byte[] content, DateTimeOffset time) => JsonObject.Create(
        ("AcceptRanges", "bytes"),
        ("ContentLength", content.Length),
        ("ContentType", "binary/octet-stream"),
        ("ETag", ETag(content)),
        ("LastModified", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        ("Metadata", JsonObject.Empty),
        ("ServerSideEncryption", "AES256"),
        ("Body", Encoding.UTF8.GetString(content)));
}
