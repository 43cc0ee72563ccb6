namespace StepFlow.Language.Definition;

/// <summary>A Wait state as written (Amazon States Language, "Wait State"). One of the four fields is set.</summary>
public sealed record WaitState : State
{
    /// <summary><c>Seconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? Seconds { get; init; }

    public string? SecondsPath { get; init; }

    /// <summary><c>Timestamp</c>: RFC 3339, or a JSONata expression.</summary>
    public string? Timestamp { get; init; }

    public string? TimestampPath { get; init; }
}
