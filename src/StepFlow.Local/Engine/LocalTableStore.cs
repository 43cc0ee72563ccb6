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
    public Task<JsonObject> ChangeAsync(string table, TableKey key, TableCallId call, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(statements => Change(statements.Items, table, key, call, now, change), cancellationToken);
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

    private static JsonObject Change(ItemStatements items, string table, TableKey key, TableCallId call, long now, Func<JsonObject?, ItemChange> change)
    {
        if (items.FindOutcome(call.IdempotencyKey) is { } kept)
        {
            return Parse(kept);
        }

        ItemChange made = change(items.Find(table, key.Partition, key.Sort) is { } found ? Parse(found) : null);
        switch (made.Kind)
        {
            case ItemChangeKind.Put:
                items.Put(table, key.Partition, key.Sort, made.Item!.ToUtf8());
                break;
            case ItemChangeKind.Delete:
                items.Delete(table, key.Partition, key.Sort);
                break;
        }

        items.KeepOutcome(call.IdempotencyKey, call.ExecutionArn, now, made.Outcome.ToUtf8());
        return made.Outcome;
    }

    private static JsonObject Parse(byte[] text) => (JsonObject)JsonValue.Parse(text);
}
