using System.Collections.Concurrent;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Identities;

/// <summary>The tables that tasks reach with the identities that their <c>Credentials</c> choose: in Cosmos DB, which alone knows identities.</summary>
/// <param name="identities">The identities.</param>
/// <param name="credentials">What signs in for them.</param>
/// <param name="own">The settings of the host's own account; read when they are needed.</param>
/// <param name="time">The clock.</param>
internal sealed class IdentityTables(TaskIdentities identities, IdentityCredentials credentials, Func<CosmosOptions> own, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CosmosTableStore>> _stores = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tables of a task's identity; null where it chooses none, or one that reaches the host's own tables as the host does.</summary>
    public ITableStore? Of(TaskCall call)
    {
        string? name = identities.NameOf(call);
        CosmosOptions? cosmos = identities.Find(name) switch
        {
            { Cosmos: { IsConfigured: true } other } => other,
            not null when credentials.IsOther(name) && own() is { Endpoint: not null } same => same,
            _ => null,
        };
        return cosmos is null ? null : _stores.GetOrAdd(name!, identity => new(() => new(cosmos, credentials.Of(identity), time))).Value;
    }

    public void Dispose()
    {
        foreach (Lazy<CosmosTableStore> store in _stores.Values.Where(static store => store.IsValueCreated))
        {
            store.Value.Dispose();
        }
    }
}
