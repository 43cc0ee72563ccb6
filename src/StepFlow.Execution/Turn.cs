using StepFlow.Execution.Commands;
using StepFlow.Execution.History;

namespace StepFlow.Execution;

/// <summary>What one signal led to. The host keeps the events, then performs the commands, in this order.</summary>
/// <param name="Events">The new history events, in order.</param>
/// <param name="Commands">What the outside must do, in order.</param>
public sealed record Turn(IReadOnlyList<HistoryEvent> Events, IReadOnlyList<Command> Commands);
