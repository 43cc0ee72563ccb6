namespace StepFlow.Language.Definition;

/// <summary>How a distributed Map groups its items, as written.</summary>
public sealed record ItemBatcher : DefinitionNode
{
    /// <summary><c>MaxItemsPerBatch</c>: an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxItemsPerBatch { get; init; }

    public string? MaxItemsPerBatchPath { get; init; }

    /// <summary><c>MaxInputBytesPerBatch</c>: bytes, an integer from 0, or a JSONata expression.</summary>
    public JsonValue? MaxInputBytesPerBatch { get; init; }

    public string? MaxInputBytesPerBatchPath { get; init; }

    /// <summary><c>BatchInput</c>: a template.</summary>
    public JsonValue? BatchInput { get; init; }
}
