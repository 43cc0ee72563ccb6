namespace StepFlow.Language.Definition;

/// <summary>A machine as written (Amazon States Language, "Structure of a State Machine").</summary>
public sealed class StateMachineDefinition(FieldReader reader) : DefinitionNode(reader)
{
    public string? Comment { get; } = reader.Text("Comment");

    /// <summary><c>Version</c>. The language has only version 1.0.</summary>
    public string? Version { get; } = reader.Text("Version");

    /// <summary><c>TimeoutSeconds</c>: seconds; null for no limit.</summary>
    public long? TimeoutSeconds { get; init; }

    /// <summary>The language of the states that name none. JSONPath where <c>QueryLanguage</c> is absent.</summary>
    public QueryLanguage QueryLanguage { get; init; }

    /// <summary><c>StartAt</c> and <c>States</c>.</summary>
    public required StateGraphDefinition Graph { get; init; }
}
