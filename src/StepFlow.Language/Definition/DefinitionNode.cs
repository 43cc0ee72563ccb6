namespace StepFlow.Language.Definition;

/// <summary>Anything of a definition that is written as a JSON object. Its properties are read once, in their order, which is the order of the findings.</summary>
public abstract class DefinitionNode(FieldReader reader)
{
    /// <summary>The object as written.</summary>
    public JsonObject Source { get; } = reader.Source;

    /// <summary>The location, in the notation of diagnostics; empty for the state machine itself.</summary>
    public string Location { get; } = reader.Location;
}
