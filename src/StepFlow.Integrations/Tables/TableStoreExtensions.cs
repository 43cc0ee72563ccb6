namespace StepFlow.Integrations.Tables;

/// <summary>Changes of one item.</summary>
public static class TableStoreExtensions
{
    /// <summary>Computes and makes a change of one item: <see cref="ITableStore.ChangeTogetherAsync"/> with one item.</summary>
    /// <param name="key">The item's key.</param>
    /// <param name="change">Works out the change from the item as it is.</param>
    /// <param name="cancellationToken">Stops the call. The change may still have been made.</param>
    /// <returns>The call's outcome.</returns>
    public static Task<JsonObject> ChangeAsync(this ITableStore store, string table, TableKey key, TableCallId call, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken) =>
        store.ChangeTogetherAsync([new(table, key)], call, items => change(items[0]) is var made ? new([made], made.Outcome) : null!, cancellationToken);
}
