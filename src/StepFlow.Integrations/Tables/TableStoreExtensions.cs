namespace StepFlow.Integrations.Tables;

/// <summary>Changes of one item.</summary>
public static class TableStoreExtensions
{
    /// <summary>Works out and makes a change of one item: <see cref="ITableStore.ChangeTogetherAsync"/> of one.</summary>
    /// <param name="key">The item's key.</param>
    /// <param name="change">Works out the change from the item as it is.</param>
    /// <param name="cancellationToken">Gives up; the change may have been made all the same.</param>
    /// <returns>The call's outcome.</returns>
    public static Task<JsonObject> ChangeAsync(this ITableStore store, string table, TableKey key, TableCallId call, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken) =>
        store.ChangeTogetherAsync([new(table, key)], call, items => change(items[0]) is var made ? new([made], made.Outcome) : null!, cancellationToken);
}
