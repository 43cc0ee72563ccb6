using System.Collections.Frozen;
using Azure.Core;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Rest;

/// <summary>The REST APIs of the settings.</summary>
internal sealed class RestTargets
{
    private readonly FrozenDictionary<string, HttpConnection> _connections;
    private readonly FrozenDictionary<string, RestTarget> _targets;
    private readonly TaskIdentities _identities;

    public RestTargets(
        IEnumerable<KeyValuePair<string, RestOptions>> options, HttpOptions http, TaskIdentities identities, IHttpClientFactory clients, TokenCredential credential, TimeProvider time)
    {
        _identities = identities;
        _connections = http.Connections.ToFrozenDictionary(static pair => pair.Key, pair => new HttpConnection(pair.Value, clients, credential, time), StringComparer.OrdinalIgnoreCase);
        _targets = options.ToFrozenDictionary(
            static pair => pair.Key, pair => new RestTarget(pair.Key, pair.Value, Connection(pair.Value.Connection)), StringComparer.OrdinalIgnoreCase);
    }

    public RestTarget? Find(string name) => _targets.GetValueOrDefault(name);

    /// <summary>A target for a task: with the connection that its <c>Credentials</c> choose, otherwise with the target's own.</summary>
    public RestTarget For(RestTarget target, TaskCall call) =>
        Connection(_identities.Of(call)?.Connection) is { } connection ? target with { Connection = connection } : target;

    /// <summary>The target of a URL. If several match, the most precise one; null if there is none.</summary>
    public RestTarget? Of(Uri url) => _targets.Values.Where(target => target.Covers(url)).MaxBy(static target => target.Options.Url!.Length);

    private HttpConnection? Connection(string? name) => name is null ? null : _connections.GetValueOrDefault(name);
}
