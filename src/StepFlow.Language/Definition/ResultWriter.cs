namespace StepFlow.Language.Definition;

/// <summary>Where a distributed Map writes its results, as written.</summary>
public sealed record ResultWriter : DefinitionNode
{
    /// <summary><c>Resource</c>; null where only <see cref="WriterConfig"/> is given.</summary>
    public string? Resource { get; init; }

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; init; }

    public JsonObject? WriterConfig { get; init; }
}
