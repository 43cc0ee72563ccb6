namespace StepFlow.Language.Definition;

/// <summary>How a distributed Map groups its items, as written.</summary>
public sealed class ItemBatcher(FieldReader reader) : DefinitionNode(reader)
{
    /// <summary><c>MaxItemsPerBatch</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxItemsPerBatch { get; } = reader.Any("MaxItemsPerBatch");

    public string? MaxItemsPerBatchPath { get; } = reader.Text("MaxItemsPerBatchPath");

    /// <summary><c>MaxInputBytesPerBatch</c>: bytes, an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxInputBytesPerBatch { get; } = reader.Any("MaxInputBytesPerBatch");

    public string? MaxInputBytesPerBatchPath { get; } = reader.Text("MaxInputBytesPerBatchPath");

    /// <summary><c>BatchInput</c>: a template.</summary>
    public JsonValue? BatchInput { get; } = reader.Any("BatchInput");
}
