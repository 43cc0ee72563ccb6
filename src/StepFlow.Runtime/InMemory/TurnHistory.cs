using StepFlow.Execution;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.InMemory;

/// <summary>Gathers the history of an execution in memory, for the case that it does not succeed.</summary>
internal sealed class TurnHistory : ExecutionWatch
{
    private readonly List<HistoryEvent> _events = [];

    /// <summary>The events; read once the execution has ended.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <inheritdoc/>
    public override void OnTurn(Turn turn) => _events.AddRange(turn.Events);
}
