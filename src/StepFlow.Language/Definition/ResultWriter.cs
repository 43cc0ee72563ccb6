namespace StepFlow.Language.Definition;

/// <summary>Where a distributed Map writes its results, as written.</summary>
public sealed class ResultWriter(FieldReader reader) : DefinitionNode(reader)
{
    /// <summary><c>Resource</c>; null where only <see cref="WriterConfig"/> is given.</summary>
    public string? Resource { get; } = reader.Text("Resource");

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; } = reader.Any("Parameters");

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; } = reader.Any("Arguments");

    public JsonObject? WriterConfig { get; } = reader.Object("WriterConfig");
}
