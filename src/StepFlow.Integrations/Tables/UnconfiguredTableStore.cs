namespace StepFlow.Integrations.Tables;

/// <summary>Stands where a host has no table store: calls are refused with the setting that is missing, and never come here.</summary>
internal sealed class UnconfiguredTableStore : ITableStore
{
    public Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) => throw Missing();

    public string? WhyNotTogether(IReadOnlyList<ItemLocation> locations) => null;

    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken) => throw Missing();

    public IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, CancellationToken cancellationToken) => throw Missing();

    private static InvalidOperationException Missing() => new("No table store is configured. Add the setting 'StepFlow:Cosmos:Endpoint'.");
}
