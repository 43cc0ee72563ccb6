using System.Runtime.CompilerServices;

namespace StepFlow.Integrations.Tables;

/// <summary>Tables in memory, for one run and for tests. They are lost when the process ends.</summary>
public sealed class MemoryTableStore : ITableStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ItemLocation, JsonObject> _items = [];
    private readonly Dictionary<string, JsonObject> _outcomes = new(StringComparer.Ordinal);

    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_items.GetValueOrDefault(new(table, key)));
        }
    }

    public string? WhyNotTogether(IReadOnlyList<ItemLocation> locations) => null;

    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_outcomes.TryGetValue(call.IdempotencyKey, out JsonObject? outcome))
            {
                ItemChanges made = change([.. locations.Select(location => _items.GetValueOrDefault(location))]);
                outcome = made.Outcome;
                _outcomes.Add(call.IdempotencyKey, outcome);
                foreach ((ItemLocation location, ItemChange one) in locations.Zip(made.Changes))
                {
                    if (one.Kind == ItemChangeKind.Put)
                    {
                        _items[location] = one.Item!;
                    }
                    else if (one.Kind == ItemChangeKind.Delete)
                    {
                        _items.Remove(location);
                    }
                }
            }

            return Task.FromResult(outcome);
        }
    }

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
