using StepFlow.Language.Json;

namespace StepFlow.Integrations.Rest;

/// <summary>One request to a REST API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The address.</param>
internal sealed record RestRequest(HttpMethod Method, Uri Url)
{
    /// <summary>The body; null for none.</summary>
    public JsonValue? Body { get; init; }

    /// <summary>Headers besides those of the connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
