namespace StepFlow.Language.Compilation;

/// <summary>A definition that was validated and made ready to run: names resolved, every expression parsed once. Immutable; shared by all executions.</summary>
public sealed class StateMachine
{
    /// <summary>The definition as it was given.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>The states of the machine.</summary>
    public required StateGraph Graph { get; init; }

    /// <summary>The machine's <c>TimeoutSeconds</c>; null where it has none.</summary>
    public long? TimeoutSeconds { get; init; }
}
