using System.Globalization;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>Objects in memory, in one bucket, listed in pages.</summary>
internal sealed class PagedObjects : IObjectStore
{
    public const int PageSize = 10;

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Outages that readings meet after so many bytes of an object, one after the other.</summary>
    public Queue<int> Outages { get; } = new();

    public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (!Files.TryGetValue(address.Key, out byte[]? file))
        {
            throw new ObjectStoreException(MapRunErrors.NoSuchKey(address));
        }

        ObjectContent content = Slices.Open(file, slice);
        return read(Outages.TryDequeue(out int bytes) ? content with { Stream = new BoundedStream(content.Stream, bytes, static () => new IOException("The connection is gone.")) } : content, cancellationToken);
    }

    public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken)
    {
        int first = page is null ? 0 : int.Parse(page, CultureInfo.InvariantCulture);
        KeyValuePair<string, byte[]>[] found = [.. Files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal))];
        string? next = first + PageSize < found.Length ? (first + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new ObjectPage(
            [.. found.Skip(first).Take(PageSize).Select(static file => new ObjectSummary(file.Key, file.Value.Length, "\"e\"", Runs.Start))], next));
    }

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Files[address.Key] = content.ToArray();
        return Task.CompletedTask;
    }
}
