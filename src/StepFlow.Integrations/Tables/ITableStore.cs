using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// Keeps the items of tables. SQLite on the local server, Cosmos DB on Azure, documents where an app has neither. Conditions and updates are worked out above it,
/// over optimistic concurrency.
/// </summary>
public interface ITableStore
{
    /// <summary>An item; null where there is none.</summary>
    Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken);

    /// <summary>Writes an item durably.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The item's key.</param>
    /// <param name="item">The item, attribute values as DynamoDB writes them.</param>
    /// <param name="expectedVersion">The version it must still have; null where it must not exist yet.</param>
    /// <param name="writtenBy">The idempotency key of the call that writes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where the expectation did not hold, and nothing was written.</returns>
    Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken);

    /// <summary>Deletes an item. False where its version is another, or there is none.</summary>
    Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken);

    /// <summary>The items of one partition, or of the whole table where <paramref name="partition"/> is null, in no particular order.</summary>
    IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, CancellationToken cancellationToken);
}

/// <summary>The key of an item. Each part is the attribute's type and value: <c>S:id1</c>, <c>N:5</c>.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Sort">The sort key; empty where the table has none.</param>
public readonly record struct TableKey(string Partition, string Sort);

/// <summary>An item as it is kept.</summary>
/// <param name="Item">The item, attribute values as DynamoDB writes them.</param>
/// <param name="Version">Its version: an opaque text that changes with every write.</param>
/// <param name="WrittenBy">The idempotency key of the call that wrote it.</param>
public sealed record StoredItem(JsonObject Item, string Version, string WrittenBy);
