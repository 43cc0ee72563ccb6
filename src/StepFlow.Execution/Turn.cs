using StepFlow.Execution.Commands;
using StepFlow.Execution.History;

namespace StepFlow.Execution;

/// <summary>The result of one signal. The host stores the events first, and then performs the commands in this order.</summary>
/// <param name="Events">The new history events, in order.</param>
/// <param name="Commands">What the host must do, in order.</param>
public sealed record Turn(IReadOnlyList<HistoryEvent> Events, IReadOnlyList<Command> Commands)
{
    /// <summary>The steps that its expressions took (<see cref="Language.Evaluation.ExpressionSteps"/>): what a replay of the turn costs.</summary>
    public long Steps { get; init; }

    /// <summary>Faults of this program that were met and made a state fail. The host logs them.</summary>
    public IReadOnlyList<Defect> Defects { get; init; } = [];
}

/// <summary>A defect of StepFlow: evaluating a state threw an exception instead of giving a value or a <c>StatesError</c>.</summary>
/// <param name="StateName">The state that failed because of it.</param>
/// <param name="Exception">The exception, with its stack.</param>
public sealed record Defect(string StateName, Exception Exception);
