using System.Globalization;
using System.Runtime.CompilerServices;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>The items of tables in the journal's file. A version is a number that is never given twice.</summary>
internal sealed class LocalTableStore(JournalReaders readers, JournalWriter writer) : ITableStore
{
    // Ticks of the real clock on purpose: greater than any version given before the last restart.
    private long _lastVersion = DateTime.UtcNow.Ticks;

    /// <inheritdoc/>
    public Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) => Task.FromResult(
        readers.Read(reader => reader.FindItem(table, key.Partition, key.Sort)) is { } found ? ToItem(found) : null);

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken)
    {
        byte[] text = item.ToUtf8();
        long version = Interlocked.Increment(ref _lastVersion);
        return writer.WriteAsync(
            statements => expectedVersion is null
                ? statements.Items.Insert(table, key.Partition, key.Sort, version, writtenBy, text)
                : statements.Items.Update(table, key.Partition, key.Sort, version, writtenBy, text, ToNumber(expectedVersion)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken) =>
        writer.WriteAsync(statements => statements.Items.Delete(table, key.Partition, key.Sort, ToNumber(expectedVersion)), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach ((byte[], long, string) found in readers.Read(reader => reader.ListItems(table, partition)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ToItem(found);
        }
    }

    private static StoredItem ToItem((byte[] Item, long Version, string WrittenBy) found) =>
        new((JsonObject)JsonValue.Parse(found.Item), found.Version.ToString(CultureInfo.InvariantCulture), found.WrittenBy);

    private static long ToNumber(string version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
}
