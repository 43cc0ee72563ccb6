namespace StepFlow.Language.Compilation;

/// <summary>A state that does work which can fail, be tried again and be caught (Amazon States Language, "Errors"): <see cref="CompiledTask"/>, <see cref="CompiledParallel"/>, <see cref="CompiledMap"/>.</summary>
public abstract class CompiledRetryableState : CompiledState
{
    private protected CompiledRetryableState(StateKind kind)
        : base(kind)
    {
    }

    /// <summary>The retriers, in order; none by default.</summary>
    public IReadOnlyList<CompiledRetrier> Retry { get; init; } = [];

    /// <summary>The catchers, in order; none by default.</summary>
    public IReadOnlyList<CompiledCatcher> Catch { get; init; } = [];
}
