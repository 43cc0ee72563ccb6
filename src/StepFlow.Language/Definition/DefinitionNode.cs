namespace StepFlow.Language.Definition;

/// <summary>Anything of a definition that is written as a JSON object.</summary>
public abstract record DefinitionNode
{
    /// <summary>The object as written.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>The location, in the notation of diagnostics; empty for the state machine itself.</summary>
    public required string Location { get; init; }
}
