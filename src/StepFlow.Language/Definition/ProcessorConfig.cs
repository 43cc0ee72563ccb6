namespace StepFlow.Language.Definition;

/// <summary>How a Map runs its item processor, as written.</summary>
public sealed class ProcessorConfig(FieldReader reader) : DefinitionNode(reader)
{
    /// <summary><c>INLINE</c>, the default, or <c>DISTRIBUTED</c>.</summary>
    public string? Mode { get; } = reader.Text("Mode");

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>, for a distributed Map.</summary>
    public string? ExecutionType { get; } = reader.Text("ExecutionType");

    /// <summary>Whether each item is a child execution.</summary>
    public bool IsDistributed => Mode == "DISTRIBUTED";
}
