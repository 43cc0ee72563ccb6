namespace StepFlow.Language.Compilation;

/// <summary>A Parallel state (Amazon States Language, "Parallel State").</summary>
public sealed class CompiledParallel() : CompiledRetryableState(StateKind.Parallel)
{
    /// <summary>The branches, in order; at least one.</summary>
    public required IReadOnlyList<StateGraph> Branches { get; init; }
}
