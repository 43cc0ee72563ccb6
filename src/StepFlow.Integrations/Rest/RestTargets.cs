using System.Collections.Frozen;
using Azure.Core;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Rest;

/// <summary>The REST APIs of the settings.</summary>
internal sealed class RestTargets(IEnumerable<KeyValuePair<string, RestOptions>> options, HttpOptions http, IHttpClientFactory clients, TokenCredential credential, TimeProvider time)
{
    private readonly FrozenDictionary<string, RestTarget> _targets = options.ToFrozenDictionary(
        static pair => pair.Key,
        pair => new RestTarget(pair.Key, pair.Value, pair.Value.Connection is { } name && http.Connections.TryGetValue(name, out HttpConnectionOptions? connection) ? new(connection, clients, credential, time) : null),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A target by its name; null where there is none.</summary>
    public RestTarget? Find(string name) => _targets.GetValueOrDefault(name);

    /// <summary>The target that an address belongs to, the most precise one; null where there is none.</summary>
    public RestTarget? Of(Uri url) => _targets.Values.Where(target => target.Covers(url)).MaxBy(static target => target.Options.Url!.Length);
}
