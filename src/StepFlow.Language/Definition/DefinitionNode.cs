namespace StepFlow.Language.Definition;

/// <summary>Anything of a definition that is written as a JSON object.</summary>
public abstract record DefinitionNode
{
    /// <summary>The object as written.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>Where it stands, as diagnostics name places; empty for the machine itself.</summary>
    public required string Location { get; init; }
}
