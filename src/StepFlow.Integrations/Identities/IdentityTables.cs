using System.Collections.Concurrent;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Identities;

/// <summary>The tables of the identities that <c>Credentials</c> of tasks choose. They are in Cosmos DB, because the other tables do not support identities.</summary>
internal sealed class IdentityTables(IdentityCosmos accounts, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CosmosTableStore>> _stores = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tables of a task's identity. Null if the task chooses none, or one that accesses the host's tables as the host does.</summary>
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
