namespace StepFlow.Execution.Interpretation;

/// <summary>A failure, until it is retried, caught, or ends the execution.</summary>
/// <param name="Error">The error name; null where none was given.</param>
/// <param name="Cause">The cause; null where there is none.</param>
internal sealed record Failure(string? Error, string? Cause)
{
    /// <summary>A second name that retriers and catchers can match; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>The field whose JSONata evaluation failed; null for any other failure.</summary>
    public string? EvaluationLocation { get; init; }

    /// <summary>Whether the name of the state must still be added to the cause.</summary>
    public bool LacksState { get; init; }

    /// <summary>Whether a task reported it, rather than the interpreter.</summary>
    public bool IsFromTask { get; init; }

    /// <summary>The failure of an evaluation.</summary>
    public static Failure From(StatesError error) => new(error.Name, error.Cause)
    {
        EvaluationLocation = error.EvaluationLocation,
        LacksState = error.RaisedByInterpreter,
    };

    /// <summary>With a cause that begins with the state in which it arose, unless it does already.</summary>
    /// <param name="state">The state's name.</param>
    public Failure In(string state, long enteredEventId) =>
        LacksState ? this with { Cause = Causes.InState(state, enteredEventId, Cause), LacksState = false } : this;

    /// <summary>Whether a retrier or catcher with these names applies (Amazon States Language, "Errors").</summary>
    public bool Matches(IReadOnlyList<string> errorEquals)
    {
        // States.Runtime cannot be retried or caught, even by its own name: the definition itself is wrong.
        if (Error == ErrorNames.Runtime)
        {
            return false;
        }

        for (int i = 0; i < errorEquals.Count; i++)
        {
            string name = errorEquals[i];
            if (name == Error
                || (Alias is not null && name == Alias)
                || (name == ErrorNames.All && (Error != ErrorNames.DataLimitExceeded || IsFromTask))
                || (name == ErrorNames.TaskFailed && Error != ErrorNames.Timeout && Error != ErrorNames.DataLimitExceeded))
            {
                return true;
            }
        }

        return false;
    }
}
