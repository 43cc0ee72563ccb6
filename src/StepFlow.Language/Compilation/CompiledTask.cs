namespace StepFlow.Language.Compilation;

/// <summary>A Task state (Amazon States Language, "Task State").</summary>
public sealed class CompiledTask() : CompiledRetryableState(StateKind.Task)
{
    public required TaskResource Resource { get; init; }

    /// <summary><c>TimeoutSeconds</c>, <c>TimeoutSecondsPath</c>; null for the default of 99,999,999 s, which no timer watches.</summary>
    public Field<double>? Timeout { get; init; }

    /// <summary><c>HeartbeatSeconds</c>, <c>HeartbeatSecondsPath</c>; null where no heartbeat is expected.</summary>
    public Field<double>? Heartbeat { get; init; }

    /// <summary><c>Credentials</c>; null for none.</summary>
    public Field<JsonValue>? Credentials { get; init; }
}
