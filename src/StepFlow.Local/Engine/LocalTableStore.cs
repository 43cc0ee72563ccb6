using System.Runtime.CompilerServices;
using StepFlow.Integrations.Tables;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>The items of tables in the journal's file. Changes are worked out inside the writer's transaction, with their outcomes.</summary>
internal sealed class LocalTableStore(JournalReaders readers, JournalWriter writer, TimeProvider clock) : ITableStore
{
    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) => Task.FromResult(
        readers.Read(reader => reader.FindItem(table, key.Partition, key.Sort)) is { } found ? Parse(found) : null);

    public string? WhyNotTogether(IReadOnlyList<ItemLocation> locations) => null;

    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(statements => Change(statements.Items, locations, call, now, change), cancellationToken);
    }

    public async IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (byte[] found in readers.Read(reader => reader.ListItems(table, partition)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Parse(found);
        }
    }

    private static JsonObject Change(ItemStatements items, IReadOnlyList<ItemLocation> locations, TableCallId call, long now, Func<IReadOnlyList<JsonObject?>, ItemChanges> change)
    {
        if (items.FindOutcome(call.IdempotencyKey) is { } stored)
        {
            return Parse(stored);
        }

        ItemChanges made = change([.. locations.Select(location => items.Find(location.Table, location.Key.Partition, location.Key.Sort) is { } found ? Parse(found) : null)]);
        foreach ((ItemLocation location, ItemChange one) in locations.Zip(made.Changes))
        {
            switch (one.Kind)
            {
                case ItemChangeKind.Put:
                    items.Put(location.Table, location.Key.Partition, location.Key.Sort, one.Item!.ToUtf8());
                    break;
                case ItemChangeKind.Delete:
                    items.Delete(location.Table, location.Key.Partition, location.Key.Sort);
                    break;
            }
        }

        items.InsertOutcome(call.IdempotencyKey, call.ExecutionArn, now, made.Outcome.ToUtf8());
        return made.Outcome;
    }

    private static JsonObject Parse(byte[] text) => (JsonObject)JsonValue.Parse(text);
}
