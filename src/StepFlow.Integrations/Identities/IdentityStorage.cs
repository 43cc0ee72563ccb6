using System.Collections.Concurrent;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Identities;

/// <summary>The storage accounts of blobs and queues, as the identities of the settings reach them.</summary>
/// <param name="own">The host's account.</param>
/// <param name="settings">The settings of the host's account. They are read when they are needed.</param>
/// <param name="credentials">What signs in for them.</param>
internal sealed class IdentityStorage(StorageClients own, Func<StorageOptions> settings, TaskIdentities identities, IdentityCredentials credentials)
{
    private readonly ConcurrentDictionary<string, Lazy<StorageClients>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clients of an identity. The host's for null, and for an identity without its own account or credential.</summary>
    public StorageClients For(string? identity) =>
        identities.Find(identity) is { } options && (options.Storage.IsConfigured || credentials.IsOther(identity))
            ? _clients.GetOrAdd(identity!, name => new(() => new(options.Storage.IsConfigured ? () => options.Storage : settings, credentials.Of(name)))).Value
            : own;
}
