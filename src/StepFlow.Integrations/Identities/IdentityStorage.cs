using System.Collections.Concurrent;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Identities;

/// <summary>The storage accounts of blobs and queues, as the identities of the settings reach them.</summary>
/// <param name="own">The host's own account.</param>
/// <param name="settings">The settings of the host's own account; read when they are needed.</param>
/// <param name="credentials">What signs in for them.</param>
internal sealed class IdentityStorage(StorageClients own, Func<StorageOptions> settings, TaskIdentities identities, IdentityCredentials credentials)
{
    private readonly ConcurrentDictionary<string, Lazy<StorageClients>> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clients of an identity; the host's own for null, and for an identity that has neither an account nor a sign-in of its own.</summary>
    public StorageClients For(string? identity) =>
        identities.Find(identity) is { } options && (options.Storage.IsConfigured || credentials.IsOther(identity))
            ? _clients.GetOrAdd(identity!, name => new(() => new(options.Storage.IsConfigured ? () => options.Storage : settings, credentials.Of(name)))).Value
            : own;
}
