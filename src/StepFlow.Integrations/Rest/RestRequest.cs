namespace StepFlow.Integrations.Rest;

/// <summary>One request to a REST API.</summary>
/// <param name="Url">The address.</param>
internal sealed record RestRequest(HttpMethod Method, Uri Url)
{
    public JsonValue? Body { get; init; }

    /// <summary>The URL of the started operation's state, if the service's own URL must not be stored; null if the response has it.</summary>
    public Uri? Operation { get; init; }

    /// <summary>The URL for cancelling the started operation; null for that of the target's settings.</summary>
    public Uri? Cancellation { get; init; }

    /// <summary>Whether a conflict (409) means that an earlier attempt of the same call has started it.</summary>
    public bool ConflictIsRepetition { get; init; }

    /// <summary>Headers in addition to those of the connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
