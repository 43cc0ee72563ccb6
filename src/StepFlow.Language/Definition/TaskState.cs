namespace StepFlow.Language.Definition;

/// <summary>A Task state as written (Amazon States Language, "Task State").</summary>
public sealed record TaskState : RetryableState
{
    public string? Resource { get; init; }

    /// <summary><c>TimeoutSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? TimeoutSeconds { get; init; }

    public string? TimeoutSecondsPath { get; init; }

    /// <summary><c>HeartbeatSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? HeartbeatSeconds { get; init; }

    public string? HeartbeatSecondsPath { get; init; }

    /// <summary><c>Credentials</c>: a template.</summary>
    public JsonObject? Credentials { get; init; }
}
