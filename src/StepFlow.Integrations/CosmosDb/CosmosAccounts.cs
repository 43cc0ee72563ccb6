using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>The Cosmos DB accounts that tasks reach: the host's own, and those that their <c>Credentials</c> choose.</summary>
/// <param name="own">The settings of the host's own account; read when they are needed.</param>
/// <param name="credential">What signs in to the host's own account.</param>
internal sealed class CosmosAccounts(Func<CosmosOptions> own, TokenCredential credential, IdentityCosmos identities) : IDisposable
{
    // The host's own has the empty name.
    private readonly ConcurrentDictionary<string, Lazy<CosmosClient>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the host has an account of its own.</summary>
    public bool IsConfigured => own().IsConfigured;

    /// <summary>The container that a task names; null where there is no account.</summary>
    /// <param name="database">Its database; null for the one of the settings.</param>
    /// <param name="container">Its name.</param>
    public Container? Find(TaskCall call, string? database, string container)
    {
        (string name, CosmosOptions options, TokenCredential signIn) = identities.Of(call) is { } other
            ? (other.Identity, other.Options, other.Credential)
            : (string.Empty, own(), credential);
        return options.IsConfigured
            ? _clients.GetOrAdd(name, _ => new(() => options.CreateClient(signIn))).Value.GetContainer(database ?? options.Database, container)
            : null;
    }

    public void Dispose()
    {
        foreach (Lazy<CosmosClient> client in _clients.Values.Where(static client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }
}
