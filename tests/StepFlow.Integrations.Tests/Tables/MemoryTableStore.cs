using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

/// <summary>Tables in memory.</summary>
internal sealed class MemoryTableStore : ITableStore
{
    private readonly ConcurrentDictionary<(string Table, TableKey Key), StoredItem> _items = new();
    private int _version;

    public Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_items.GetValueOrDefault((table, key)));

    public Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken)
    {
        var next = new StoredItem(item, $"{Interlocked.Increment(ref _version)}", writtenBy);
        return Task.FromResult(expectedVersion is null
            ? _items.TryAdd((table, key), next)
            : _items.TryGetValue((table, key), out StoredItem? existing) && existing.Version == expectedVersion && _items.TryUpdate((table, key), next, existing));
    }

    public Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken) =>
        Task.FromResult(_items.TryGetValue((table, key), out StoredItem? existing) && existing.Version == expectedVersion && _items.TryRemove(new((table, key), existing)));

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
