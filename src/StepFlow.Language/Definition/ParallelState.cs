namespace StepFlow.Language.Definition;

/// <summary>A Parallel state as written (Amazon States Language, "Parallel State").</summary>
public sealed record ParallelState : State
{
    /// <summary><c>Branches</c>.</summary>
    public required IReadOnlyList<StateGraphDefinition> Branches { get; init; }

    /// <summary><c>Retry</c>.</summary>
    public IReadOnlyList<Retrier> Retry { get; init; } = [];

    /// <summary><c>Catch</c>.</summary>
    public IReadOnlyList<Catcher> Catch { get; init; } = [];
}
