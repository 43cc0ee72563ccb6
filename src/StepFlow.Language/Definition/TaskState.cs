namespace StepFlow.Language.Definition;

/// <summary>A Task state as written (Amazon States Language, "Task State").</summary>
public sealed class TaskState(string name, FieldReader reader, QueryLanguage machineLanguage) : RetryableState(name, reader, machineLanguage)
{
    public string? Resource { get; } = reader.Text("Resource");

    /// <summary><c>TimeoutSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? TimeoutSeconds { get; } = reader.Any("TimeoutSeconds");

    public string? TimeoutSecondsPath { get; } = reader.Text("TimeoutSecondsPath");

    /// <summary><c>HeartbeatSeconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? HeartbeatSeconds { get; } = reader.Any("HeartbeatSeconds");

    public string? HeartbeatSecondsPath { get; } = reader.Text("HeartbeatSecondsPath");

    /// <summary><c>Credentials</c>: a template.</summary>
    public JsonObject? Credentials { get; } = reader.Object("Credentials");
}
