namespace StepFlow.Language.Definition;

/// <summary>A Wait state as written (Amazon States Language, "Wait State"). One of the four fields is set.</summary>
public sealed class WaitState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage)
{
    /// <summary><c>Seconds</c>: seconds, or a JSONata expression.</summary>
    public JsonValue? Seconds { get; } = reader.Any("Seconds");

    public string? SecondsPath { get; } = reader.Text("SecondsPath");

    /// <summary><c>Timestamp</c>: RFC 3339, or a JSONata expression.</summary>
    public string? Timestamp { get; } = reader.Text("Timestamp");

    public string? TimestampPath { get; } = reader.Text("TimestampPath");
}
