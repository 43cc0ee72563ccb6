namespace StepFlow.Language.Compilation;

/// <summary>A Parallel state (Amazon States Language, "Parallel State").</summary>
public sealed class CompiledParallel : CompiledState
{
    /// <summary>The branches, in order; at least one.</summary>
    public required IReadOnlyList<StateGraph> Branches { get; init; }

    /// <summary>The retriers, in order.</summary>
    public IReadOnlyList<CompiledRetrier> Retry { get; init; } = [];

    /// <summary>The catchers, in order.</summary>
    public IReadOnlyList<CompiledCatcher> Catch { get; init; } = [];
}
