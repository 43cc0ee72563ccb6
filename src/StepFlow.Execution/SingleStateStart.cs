namespace StepFlow.Execution;

/// <summary>How a single state is run.</summary>
public sealed record SingleStateStart
{
    /// <summary>The execution that the state seems to be in: its input is the state's, its start the time.</summary>
    public required ExecutionStart Execution { get; init; }

    /// <summary>The context object that replaces the execution's own; null for none.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>The variables in reach.</summary>
    public JsonObject Variables { get; init; } = JsonObject.Empty;

    /// <summary>How often the retrier that a failure meets was used before, from 0.</summary>
    public int RetryCount { get; init; }

    /// <summary>Receives the data flow; null if it is not needed.</summary>
    public IStateInspector? Inspector { get; init; }
}
