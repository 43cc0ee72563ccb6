using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>An object store in memory that fails if the test sets it to.</summary>
internal sealed class MemoryObjects : IObjectStore
{
    public SortedDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Thrown before the request gets a response, as often as there are.</summary>
    public Queue<Exception> Failures { get; } = new();

    public long MaxItemBytes { get; set; } = 512L * 1024 * 1024;

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        FailIfAsked();
        string version = address.VersionId is { } id ? "@" + id : string.Empty;
        return Files.TryGetValue($"{address.Bucket}/{address.Key}{version}", out ReadOnlyMemory<byte> bytes)
            ? read(Slices.Open(bytes, slice), cancellationToken)
            : throw new ObjectStoreException(address.VersionId is null ? MapRunErrors.NoSuchKey(address) : MapRunErrors.NoSuchVersion(address));
    }

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken)
    {
        FailIfAsked();
        return Task.FromResult(new ObjectPage([.. Files
            .Where(file => file.Key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal))
            .Select(file => new ObjectSummary(file.Key[(bucket.Length + 1)..], file.Value.Length, "\"e\"", Runs.Start))]));
    }

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        FailIfAsked();
        Files[$"{address.Bucket}/{address.Key}"] = content;
        return Task.CompletedTask;
    }

    private void FailIfAsked()
    {
        if (Failures.TryDequeue(out Exception? failure))
        {
            throw failure;
        }
    }
}
