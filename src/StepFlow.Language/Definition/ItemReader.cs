namespace StepFlow.Language.Definition;

/// <summary>Where a distributed Map reads its items, as written.</summary>
public sealed record ItemReader : DefinitionNode
{
    public string? Resource { get; init; }

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; init; }

    public JsonObject? ReaderConfig { get; init; }
}
