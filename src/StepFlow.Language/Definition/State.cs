namespace StepFlow.Language.Definition;

/// <summary>
/// A state as written. A closed family: <see cref="PassState"/>, <see cref="TaskState"/>, <see cref="ChoiceState"/>,
/// <see cref="WaitState"/>, <see cref="SucceedState"/>, <see cref="FailState"/>, <see cref="ParallelState"/>,
/// <see cref="MapState"/>; and <see cref="UnreadableState"/> for everything else.
/// </summary>
/// <remarks>
/// Fields that several types have are properties of this class. The validation checks whether a type allows a field. A
/// <see cref="JsonValue"/> field is null if it is absent, and <see cref="JsonNull"/> if <c>null</c> is written.
/// </remarks>
public abstract class State(string name, FieldReader reader, QueryLanguage machineLanguage) : DefinitionNode(reader)
{
    public string Name { get; } = name;

    /// <summary>The query language of its fields: its own <c>QueryLanguage</c>, or that of the state machine.</summary>
    public QueryLanguage QueryLanguage { get; } = DefinitionParser.LanguageOf(reader.Source, machineLanguage);

    public string? Comment { get; } = reader.Text("Comment");

    public string? Next { get; } = reader.Text("Next");

    public bool End { get; } = reader.Flag("End");

    /// <summary><c>InputPath</c>; null written discards the input.</summary>
    public JsonValue? InputPath { get; } = reader.Path("InputPath");

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; } = reader.Any("Parameters");

    /// <summary><c>ResultSelector</c>: a payload template.</summary>
    public JsonValue? ResultSelector { get; } = reader.Any("ResultSelector");

    /// <summary><c>ResultPath</c>; null written discards the result.</summary>
    public JsonValue? ResultPath { get; } = reader.Path("ResultPath");

    /// <summary><c>OutputPath</c>; null written discards the output.</summary>
    public JsonValue? OutputPath { get; } = reader.Path("OutputPath");

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; } = reader.Any("Arguments");

    /// <summary><c>Output</c>: a JSONata template.</summary>
    public JsonValue? Output { get; } = reader.Any("Output");

    /// <summary><c>Assign</c>: the variables to set, as a template.</summary>
    public JsonValue? Assign { get; } = reader.Any("Assign");
}
