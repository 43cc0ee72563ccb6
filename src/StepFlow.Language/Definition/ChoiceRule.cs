namespace StepFlow.Language.Definition;

/// <summary>
/// One rule of a Choice as written. With JSONPath its comparison is in <see cref="DefinitionNode.Source"/> itself
/// (<c>Variable</c> and an operator, or <c>And</c>, <c>Or</c>, <c>Not</c>).
/// </summary>
public sealed record ChoiceRule : DefinitionNode
{
    /// <summary><c>Condition</c>: a JSONata expression or a boolean.</summary>
    public JsonValue? Condition { get; init; }

    public string? Next { get; init; }

    /// <summary><c>Output</c>: replaces the state's.</summary>
    public JsonValue? Output { get; init; }

    /// <summary><c>Assign</c>: replaces the state's.</summary>
    public JsonValue? Assign { get; init; }
}
