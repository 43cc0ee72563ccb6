namespace StepFlow.Integrations.Tables;

/// <summary>
/// Keeps the items of tables. SQLite on the local server, Cosmos DB on Azure, documents where an app has neither.
/// Changes of one item are made one after the other, as DynamoDB makes them, and each call's outcome is kept with its change.
/// </summary>
public interface ITableStore
{
    /// <summary>An item, attribute values as DynamoDB writes them; null where there is none.</summary>
    Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken);

    /// <summary>Why items cannot be changed in one step; null where they can. One item can be.</summary>
    /// <param name="locations">The items.</param>
    string? WhyNotTogether(IReadOnlyList<ItemLocation> locations);

    /// <summary>
    /// Works out and makes changes of items, all or none, and keeps the call's outcome, durably and in one step. A repetition
    /// of the call gives the kept outcome and changes nothing, whatever others wrote meanwhile.
    /// </summary>
    /// <param name="locations">The items, each once; <see cref="WhyNotTogether"/> has no objection.</param>
    /// <param name="call">The call. Its outcome is kept while the call can be repeated.</param>
    /// <param name="change">
    /// Works out the changes from the items as they are (null where there is none). Brief and without effects: it is called
    /// again where another change came first, and it may be called where others wait for it.
    /// </param>
    /// <param name="cancellationToken">Gives up; the changes may have been made all the same.</param>
    /// <returns>The call's outcome.</returns>
    Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken);

    /// <summary>The items of one partition, or of the whole table where <paramref name="partition"/> is null, in no particular order.</summary>
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
