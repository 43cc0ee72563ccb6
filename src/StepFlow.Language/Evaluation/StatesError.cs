namespace StepFlow.Language.Evaluation;

/// <summary>A failure that a workflow can see: retried, caught, or the execution's end (Amazon States Language, "Errors").</summary>
/// <param name="Cause">The cause as text; null for none.</param>
public sealed record StatesError(string Name, string? Cause)
{
    /// <summary>
    /// For a failed JSONata evaluation the field that failed, as the <c>EvaluationFailed</c> event names it
    /// (<c>Output/v</c>, <c>Choices[1]/Condition</c>); null for every other failure.
    /// </summary>
    public string? EvaluationLocation { get; init; }

    /// <summary>
    /// Whether the interpreter raised it. Then the cause begins with the name of the state.
    /// False for a Fail state or a failed task, whose cause does not change.
    /// </summary>
    public bool RaisedByInterpreter { get; init; } = true;

    /// <summary>The failure that an execution ended with, as it was stored; null where neither a name nor a cause is.</summary>
    public static StatesError? Stored(string? name, string? cause) => name is null && cause is null ? null : new(name ?? string.Empty, cause) { RaisedByInterpreter = false };
}
