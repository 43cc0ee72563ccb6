namespace StepFlow.Integrations.Tables;

/// <summary>
/// Stores the items of tables: in SQLite on the local server, in Cosmos DB on Azure, and in documents if an app has neither.
/// Changes of one item are made one after the other, as in DynamoDB, and each call's outcome is stored with its change.
/// </summary>
public interface ITableStore
{
    /// <summary>An item, with attribute values in the form of DynamoDB; null if there is none.</summary>
    Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken);

    /// <summary>Why items cannot be changed in one step; null where they can. One item can be.</summary>
    string? WhyNotTogether(IReadOnlyList<ItemLocation> locations);

    /// <summary>
    /// Computes and makes changes of items, all or none, and stores the call's outcome, durably and in one step. A repetition
    /// of the call returns the stored outcome and changes nothing, even if the items have been changed since.
    /// </summary>
    /// <param name="locations">The items, each once; <see cref="WhyNotTogether"/> has no objection.</param>
    /// <param name="call">The call. Its outcome is stored while the call can be repeated.</param>
    /// <param name="change">
    /// Computes the changes from the current items (null if an item does not exist). It must be short and without side effects: it is called
    /// again if another change was made first, and other calls may wait for it.
    /// </param>
    /// <param name="cancellationToken">Stops the call. The changes may still have been made.</param>
    /// <returns>The call's outcome.</returns>
    Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken);

    /// <summary>The items of one partition, or of the whole table if <paramref name="partition"/> is null, in no particular order.</summary>
    IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, CancellationToken cancellationToken);
}

/// <summary>The key of an item. Each part is the attribute's type and value: <c>S:id1</c>, <c>N:5</c>.</summary>
/// <param name="Sort">The sort key; empty where the table has none.</param>
public readonly record struct TableKey(string Partition, string Sort);

/// <summary>Where an item is.</summary>
public readonly record struct ItemLocation(string Table, TableKey Key);

/// <summary>A call that changes items.</summary>
/// <param name="ExecutionArn">The execution that makes it: while it runs, the call can be repeated.</param>
/// <param name="IdempotencyKey">The same for every repetition of the call, and for no other.</param>
public readonly record struct TableCallId(string ExecutionArn, string IdempotencyKey);
