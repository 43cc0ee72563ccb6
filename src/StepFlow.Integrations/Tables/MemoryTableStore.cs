using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Tables in memory, for one run and for tests: they end with the process.</summary>
public sealed class MemoryTableStore : ITableStore
{
    private readonly ConcurrentDictionary<(string Table, TableKey Key), StoredItem> _items = new();
    private long _version;

    /// <inheritdoc/>
    public Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_items.GetValueOrDefault((table, key)));

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken)
    {
        var next = new StoredItem(item, Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture), writtenBy);
        return Task.FromResult(expectedVersion is null
            ? _items.TryAdd((table, key), next)
            : _items.TryGetValue((table, key), out StoredItem? existing) && existing.Version == expectedVersion && _items.TryUpdate((table, key), next, existing));
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken) =>
        Task.FromResult(_items.TryGetValue((table, key), out StoredItem? existing) && existing.Version == expectedVersion && _items.TryRemove(new((table, key), existing)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (((string name, TableKey key), StoredItem item) in _items)
        {
            if (name == table && (partition is null || key.Partition == partition))
            {
                yield return item;
            }
        }
    }
}
