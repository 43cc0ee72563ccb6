using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>Stands where a host has no table store: calls are refused with the setting that is missing, and never come here.</summary>
internal sealed class UnconfiguredTableStore : ITableStore
{
    public Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) => throw Missing();

    public Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken) => throw Missing();

    public Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken) => throw Missing();

    public IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, CancellationToken cancellationToken) => throw Missing();

    private static InvalidOperationException Missing() => new("No table store: add the setting 'StepFlow:Cosmos:Endpoint'.");
}
