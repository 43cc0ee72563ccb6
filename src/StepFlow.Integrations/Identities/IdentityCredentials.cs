using System.Collections.Concurrent;
using Azure.Core;

namespace StepFlow.Integrations.Identities;

/// <summary>The credentials of the identities in the settings. Each is created once, because it caches its tokens.</summary>
public sealed class IdentityCredentials
{
    private readonly TaskIdentities _identities;
    private readonly TokenCredential _own;
    private readonly Func<string, TokenCredential> _ofClient;
    private readonly ConcurrentDictionary<string, Lazy<TokenCredential>> _credentials = new(StringComparer.Ordinal);

    /// <param name="own">The host's credential.</param>
    /// <param name="ofClient">Makes the credential of a user-assigned managed identity, by its client id.</param>
    internal IdentityCredentials(TaskIdentities identities, TokenCredential own, Func<string, TokenCredential> ofClient) =>
        (_identities, _own, _ofClient) = (identities, own, ofClient);

    /// <summary>The credential of an identity. The host's for null, and for an identity without a <c>ClientId</c>.</summary>
    /// <param name="identity">The identity's name.</param>
    public TokenCredential Of(string? identity) => _identities.Find(identity)?.ClientId is { Length: > 0 } client
        ? _credentials.GetOrAdd(client, id => new(() => _ofClient(id))).Value
        : _own;

    /// <summary>Whether an identity has another credential than the host.</summary>
    /// <param name="identity">The identity's name.</param>
    public bool IsOther(string? identity) => _identities.Find(identity)?.ClientId is { Length: > 0 };
}
