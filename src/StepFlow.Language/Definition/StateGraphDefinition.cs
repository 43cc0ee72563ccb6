namespace StepFlow.Language.Definition;

/// <summary>The <c>StartAt</c> and <c>States</c> of a machine, a Parallel's branch or a Map's item processor, as written.</summary>
public sealed class StateGraphDefinition(FieldReader reader) : DefinitionNode(reader)
{
    public string? StartAt { get; init; }

    /// <summary>The states in the order written. One that could not be read at all is an <see cref="UnreadableState"/>.</summary>
    public required IReadOnlyList<State> States { get; init; }

    /// <summary><c>ProcessorConfig</c>; only a Map's item processor has one.</summary>
    public ProcessorConfig? ProcessorConfig { get; } = reader.Node("ProcessorConfig") is { } config ? new(config) : null;
}
