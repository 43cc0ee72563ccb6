using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>The Cosmos DB accounts that tasks can access: the host's, and those that their <c>Credentials</c> choose.</summary>
/// <param name="own">The settings of the host's account. They are read when they are needed.</param>
/// <param name="credential">The credential for the host's account.</param>
internal sealed class CosmosAccounts(Func<CosmosOptions> own, TokenCredential credential, IdentityCosmos identities) : IDisposable
{
    // The name of the host's account is empty.
    private readonly ConcurrentDictionary<string, Lazy<CosmosClient>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the host has an account.</summary>
    public bool IsConfigured => own().IsConfigured;

    /// <summary>The container of a task; null if there is no account.</summary>
    /// <param name="database">Its database; null for that of the settings.</param>
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
