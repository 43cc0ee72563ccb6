namespace StepFlow.Language.Definition;

/// <summary>One catcher as written (Amazon States Language, "Fallback states").</summary>
public sealed record Catcher : DefinitionNode
{
    public required IReadOnlyList<string> ErrorEquals { get; init; }

    public string? Next { get; init; }

    /// <summary><c>ResultPath</c>; null written discards the error output.</summary>
    public JsonValue? ResultPath { get; init; }

    /// <summary><c>Output</c>: a JSONata template.</summary>
    public JsonValue? Output { get; init; }

    /// <summary><c>Assign</c>: replaces the state's.</summary>
    public JsonValue? Assign { get; init; }
}
