namespace StepFlow.Language.Definition;

/// <summary>Where a distributed Map reads its items, as written.</summary>
public sealed class ItemReader(FieldReader reader) : DefinitionNode(reader)
{
    public string? Resource { get; } = reader.Text("Resource");

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; } = reader.Any("Parameters");

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; } = reader.Any("Arguments");

    public JsonObject? ReaderConfig { get; } = reader.Object("ReaderConfig");
}
