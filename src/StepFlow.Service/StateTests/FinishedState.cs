using StepFlow.Language.Compilation;

namespace StepFlow.Service.StateTests;

/// <summary>A state that has run, with its data.</summary>
public sealed record FinishedState(CompiledState State, JsonValue Input)
{
    /// <summary>The context object when it was entered.</summary>
    public required JsonObject Context { get; init; }

    /// <summary>The variables when it was entered.</summary>
    public required JsonObject Variables { get; init; }

    /// <summary>The result of its task; null if the task failed, or if the state has none.</summary>
    public JsonValue? Result { get; init; }

    /// <summary>The error of its task; null if the task did not fail.</summary>
    public string? Error { get; init; }

    public string? Cause { get; init; }
}
