namespace StepFlow.Language.Definition;

/// <summary>
/// A state as written. A closed family: <see cref="PassState"/>, <see cref="TaskState"/>, <see cref="ChoiceState"/>,
/// <see cref="WaitState"/>, <see cref="SucceedState"/>, <see cref="FailState"/>, <see cref="ParallelState"/>,
/// <see cref="MapState"/>; and <see cref="UnreadableState"/> for everything else.
/// </summary>
/// <remarks>
/// Fields that several types have are properties of this record. The validation checks whether a type allows a field. A
/// <see cref="JsonValue"/> field is null if it is absent, and <see cref="JsonNull"/> if <c>null</c> is written.
/// </remarks>
public abstract record State : DefinitionNode
{
    public required string Name { get; init; }

    /// <summary>The query language of its fields: its own <c>QueryLanguage</c>, or that of the state machine.</summary>
    public QueryLanguage QueryLanguage { get; init; }

    public string? Comment { get; init; }

    public string? Next { get; init; }

    public bool End { get; init; }

    /// <summary><c>InputPath</c>; null written discards the input.</summary>
    public JsonValue? InputPath { get; init; }

    /// <summary><c>Parameters</c>: a payload template.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary><c>ResultSelector</c>: a payload template.</summary>
    public JsonValue? ResultSelector { get; init; }

    /// <summary><c>ResultPath</c>; null written discards the result.</summary>
    public JsonValue? ResultPath { get; init; }

    /// <summary><c>OutputPath</c>; null written discards the output.</summary>
    public JsonValue? OutputPath { get; init; }

    /// <summary><c>Arguments</c>: a JSONata template.</summary>
    public JsonValue? Arguments { get; init; }

    /// <summary><c>Output</c>: a JSONata template.</summary>
    public JsonValue? Output { get; init; }

    /// <summary><c>Assign</c>: the variables to set, as a template.</summary>
    public JsonValue? Assign { get; init; }
}
