namespace StepFlow.Language.Definition;

/// <summary>A Parallel state as written (Amazon States Language, "Parallel State").</summary>
public sealed record ParallelState : RetryableState
{
    public required IReadOnlyList<StateGraphDefinition> Branches { get; init; }
}
