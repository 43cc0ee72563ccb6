using System.Collections.Concurrent;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Blobs;

/// <summary>The blobs that tasks reach with the identities that their <c>Credentials</c> choose.</summary>
/// <param name="own">The host's blobs.</param>
/// <param name="ownClients">The host's account.</param>
/// <param name="storage">The accounts of the identities.</param>
internal sealed class IdentityBlobs(IBlobStore own, StorageClients ownClients, IdentityStorage storage, TaskIdentities identities)
{
    private readonly ConcurrentDictionary<StorageClients, AzureBlobStore> _stores = new();

    /// <summary>The name of the identity that a task chooses; null for none.</summary>
    public string? NameOf(TaskCall call) => identities.NameOf(call);

    /// <summary>The blobs of an identity. The host's for null, and for an identity without its own account or credential.</summary>
    public IBlobStore Of(string? identity) =>
        storage.For(identity) is var clients && ReferenceEquals(clients, ownClients) ? own : _stores.GetOrAdd(clients, static other => new(other));
}
