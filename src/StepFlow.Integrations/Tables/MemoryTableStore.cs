using System.Runtime.CompilerServices;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Tables in memory, for one run and for tests: they end with the process.</summary>
public sealed class MemoryTableStore : ITableStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TablePlace, JsonObject> _items = [];
    private readonly Dictionary<string, JsonObject> _outcomes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_items.GetValueOrDefault(new(table, key)));
        }
    }

    /// <inheritdoc/>
    public string? WhyNotTogether(IReadOnlyList<TablePlace> places) => null;

    /// <inheritdoc/>
    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<TablePlace> places, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_outcomes.TryGetValue(call.IdempotencyKey, out JsonObject? outcome))
            {
                ItemChanges made = change([.. places.Select(place => _items.GetValueOrDefault(place))]);
                outcome = made.Outcome;
                _outcomes.Add(call.IdempotencyKey, outcome);
                foreach ((TablePlace place, ItemChange one) in places.Zip(made.Changes))
                {
                    if (one.Kind == ItemChangeKind.Put)
                    {
                        _items[place] = one.Item!;
                    }
                    else if (one.Kind == ItemChangeKind.Delete)
                    {
                        _items.Remove(place);
                    }
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
