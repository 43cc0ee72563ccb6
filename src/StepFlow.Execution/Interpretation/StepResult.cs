using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution.Interpretation;

/// <summary>What happens after a step of a frame.</summary>
internal readonly struct StepResult
{
    private StepResult(StateResult leaving, CompiledState? next, Failure? failure) => (Leaving, Next, Failure) = (leaving, next, failure);

    /// <summary>The frame stays in its state. Its phase shows what it waits for or does next.</summary>
    public static StepResult Wait => default;

    public StepKind Kind => Failure is not null ? StepKind.Fail
        : Leaving.Output is null ? StepKind.Wait
        : Next is null ? StepKind.End
        : StepKind.Next;

    /// <summary>What leaves the state, for <see cref="StepKind.Next"/> and <see cref="StepKind.End"/>.</summary>
    public StateResult Leaving { get; }

    /// <summary>The state to go to, for <see cref="StepKind.Next"/>; else null.</summary>
    public CompiledState? Next { get; }

    /// <summary>The failure, for <see cref="StepKind.Fail"/>; else null.</summary>
    public Failure? Failure { get; }

    public static implicit operator StepResult(Failure failure) => new(default, null, failure);

    public static implicit operator StepResult(StatesError error) => Interpretation.Failure.From(error);

    /// <summary>The state is left.</summary>
    /// <param name="leaving">With what.</param>
    /// <param name="next">The state to go to; null ends the frame.</param>
    public static StepResult Leave(StateResult leaving, CompiledState? next) => new(leaving, next, null);
}
