namespace StepFlow.Language.Definition;

/// <summary>One catcher as written (Amazon States Language, "Fallback states").</summary>
public sealed class Catcher(FieldReader reader) : DefinitionNode(reader)
{
    public IReadOnlyList<string> ErrorEquals { get; } = reader.Texts("ErrorEquals");

    public string? Next { get; } = reader.Text("Next");

    /// <summary><c>ResultPath</c>; null written discards the error output.</summary>
    public JsonValue? ResultPath { get; } = reader.Path("ResultPath");

    /// <summary><c>Output</c>: a JSONata template.</summary>
    public JsonValue? Output { get; } = reader.Any("Output");

    /// <summary><c>Assign</c>: replaces the state's.</summary>
    public JsonValue? Assign { get; } = reader.Any("Assign");
}
