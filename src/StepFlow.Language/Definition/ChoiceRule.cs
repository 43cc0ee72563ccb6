namespace StepFlow.Language.Definition;

/// <summary>
/// One rule of a Choice as written. With JSONPath its comparison is in <see cref="DefinitionNode.Source"/> itself
/// (<c>Variable</c> and an operator, or <c>And</c>, <c>Or</c>, <c>Not</c>).
/// </summary>
public sealed class ChoiceRule(FieldReader reader) : DefinitionNode(reader)
{
    /// <summary><c>Condition</c>: a JSONata expression or a boolean.</summary>
    public JsonValue? Condition { get; } = reader.Any("Condition");

    public string? Next { get; } = reader.Text("Next");

    /// <summary><c>Output</c>: replaces the state's.</summary>
    public JsonValue? Output { get; } = reader.Any("Output");

    /// <summary><c>Assign</c>: replaces the state's.</summary>
    public JsonValue? Assign { get; } = reader.Any("Assign");
}
