using System.Collections.Concurrent;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Identities;

/// <summary>The tables that tasks reach with the identities that their <c>Credentials</c> choose: in Cosmos DB, which alone knows identities.</summary>
/// <param name="accounts">The accounts of the identities.</param>
/// <param name="time">The clock.</param>
internal sealed class IdentityTables(IdentityCosmos accounts, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CosmosTableStore>> _stores = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tables of a task's identity; null where it chooses none, or one that reaches the host's own tables as the host does.</summary>
    public ITableStore? Of(TaskCall call) =>
        accounts.Of(call) is { } account ? _stores.GetOrAdd(account.Identity, _ => new(() => new(account.Options, account.Credential, time))).Value : null;

    public void Dispose()
    {
        foreach (Lazy<CosmosTableStore> store in _stores.Values.Where(static store => store.IsValueCreated))
        {
            store.Value.Dispose();
        }
    }
}
