using System.Runtime.CompilerServices;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>The items of tables in the journal's file. Changes are worked out inside the writer's transaction, with their outcomes.</summary>
internal sealed class LocalTableStore(JournalReaders readers, JournalWriter writer, TimeProvider clock) : ITableStore
{
    /// <inheritdoc/>
    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) => Task.FromResult(
        readers.Read(reader => reader.FindItem(table, key.Partition, key.Sort)) is { } found ? Parse(found) : null);

    /// <inheritdoc/>
    public string? WhyNotTogether(IReadOnlyList<TablePlace> places) => null;

    /// <inheritdoc/>
    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<TablePlace> places, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(statements => Change(statements.Items, places, call, now, change), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (byte[] found in readers.Read(reader => reader.ListItems(table, partition)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Parse(found);
        }
    }

    private static JsonObject Change(ItemStatements items, IReadOnlyList<TablePlace> places, TableCallId call, long now, Func<IReadOnlyList<JsonObject?>, ItemChanges> change)
    {
        if (items.FindOutcome(call.IdempotencyKey) is { } kept)
        {
            return Parse(kept);
        }

        ItemChanges made = change([.. places.Select(place => items.Find(place.Table, place.Key.Partition, place.Key.Sort) is { } found ? Parse(found) : null)]);
        foreach ((TablePlace place, ItemChange one) in places.Zip(made.Changes))
        {
            switch (one.Kind)
            {
                case ItemChangeKind.Put:
                    items.Put(place.Table, place.Key.Partition, place.Key.Sort, one.Item!.ToUtf8());
                    break;
                case ItemChangeKind.Delete:
                    items.Delete(place.Table, place.Key.Partition, place.Key.Sort);
                    break;
            }
        }

        items.KeepOutcome(call.IdempotencyKey, call.ExecutionArn, now, made.Outcome.ToUtf8());
        return made.Outcome;
    }

    private static JsonObject Parse(byte[] text) => (JsonObject)JsonValue.Parse(text);
}
