namespace StepFlow.Language.Definition;

/// <summary>How a Map runs its item processor, as written.</summary>
public sealed record ProcessorConfig : DefinitionNode
{
    /// <summary><c>INLINE</c>, the default, or <c>DISTRIBUTED</c>.</summary>
    public string? Mode { get; init; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>, for a distributed Map.</summary>
    public string? ExecutionType { get; init; }

    /// <summary>Whether each item is a child execution.</summary>
    public bool IsDistributed => Mode == "DISTRIBUTED";
}
