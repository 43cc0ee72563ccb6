using StepFlow.Execution.Commands;

namespace StepFlow.Execution.Interpretation;

/// <summary>A command whose signal has not been received yet.</summary>
internal sealed class PendingCommand(Command command, CommandPurpose purpose, Frame? frame, long number)
{
    public Command Command { get; } = command;

    public CommandPurpose Purpose { get; } = purpose;

    /// <summary>The frame that waits; null for the execution itself.</summary>
    public Frame? Frame { get; } = frame;

    /// <summary>Its number in the order of all commands.</summary>
    public long Number { get; } = number;

    /// <summary>Its index among the commands of this turn; -1 once the turn is over.</summary>
    public int IndexInTurn { get; set; } = -1;
}
