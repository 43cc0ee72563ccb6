using System.Runtime.CompilerServices;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Tables in memory, for one run and for tests: they end with the process.</summary>
public sealed class MemoryTableStore : ITableStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Table, TableKey Key), JsonObject> _items = [];
    private readonly Dictionary<string, JsonObject> _outcomes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_items.GetValueOrDefault((table, key)));
        }
    }

    /// <inheritdoc/>
    public Task<JsonObject> ChangeAsync(string table, TableKey key, TableCallId call, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_outcomes.TryGetValue(call.IdempotencyKey, out JsonObject? outcome))
            {
                ItemChange made = change(_items.GetValueOrDefault((table, key)));
                outcome = made.Outcome;
                _outcomes.Add(call.IdempotencyKey, outcome);
                if (made.Kind == ItemChangeKind.Put)
                {
                    _items[(table, key)] = made.Item!;
                }
                else if (made.Kind == ItemChangeKind.Delete)
                {
                    _items.Remove((table, key));
                }
            }

            return Task.FromResult(outcome);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        JsonObject[] found;
        lock (_gate)
        {
            found = [.. _items.Where(entry => entry.Key.Table == table && (partition is null || entry.Key.Key.Partition == partition)).Select(static entry => entry.Value)];
        }

        foreach (JsonObject item in found)
        {
            yield return item;
        }
    }
}
