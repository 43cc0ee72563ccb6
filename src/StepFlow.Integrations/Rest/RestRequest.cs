namespace StepFlow.Integrations.Rest;

/// <summary>One request to a REST API.</summary>
/// <param name="Url">The address.</param>
internal sealed record RestRequest(HttpMethod Method, Uri Url)
{
    public JsonValue? Body { get; init; }

    /// <summary>Where what the request starts is asked for, where the service's own address for it must not be stored; null where the response says it.</summary>
    public Uri? Operation { get; init; }

    /// <summary>Where what the request starts is cancelled; null for what the target's settings say.</summary>
    public Uri? Cancellation { get; init; }

    /// <summary>Whether a conflict (409) says that an earlier attempt of the same call started it.</summary>
    public bool ConflictIsRepetition { get; init; }

    /// <summary>Headers besides those of the connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
