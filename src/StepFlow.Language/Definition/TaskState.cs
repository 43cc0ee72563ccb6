namespace StepFlow.Language.Definition;

/// <summary>A Task state as written (Amazon States Language, "Task State").</summary>
public sealed record TaskState : State
{
    /// <summary><c>Resource</c>; null where it is missing.</summary>
    public string? Resource { get; init; }

    /// <summary><c>TimeoutSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? TimeoutSeconds { get; init; }

    /// <summary><c>TimeoutSecondsPath</c>.</summary>
    public string? TimeoutSecondsPath { get; init; }

    /// <summary><c>HeartbeatSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? HeartbeatSeconds { get; init; }

    /// <summary><c>HeartbeatSecondsPath</c>.</summary>
    public string? HeartbeatSecondsPath { get; init; }

    /// <summary><c>Credentials</c>: a template.</summary>
    public JsonObject? Credentials { get; init; }

    /// <summary><c>Retry</c>.</summary>
    public IReadOnlyList<Retrier> Retry { get; init; } = [];

    /// <summary><c>Catch</c>.</summary>
    public IReadOnlyList<Catcher> Catch { get; init; } = [];
}
