namespace StepFlow.Language.Definition;

/// <summary>A state as written that can have retriers and catchers (Amazon States Language, "Errors"): <see cref="TaskState"/>, <see cref="ParallelState"/>, <see cref="MapState"/>.</summary>
public abstract record RetryableState : State
{
    public IReadOnlyList<Retrier> Retry { get; init; } = [];

    public IReadOnlyList<Catcher> Catch { get; init; } = [];
}
