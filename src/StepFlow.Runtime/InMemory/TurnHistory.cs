using StepFlow.Execution.History;

namespace StepFlow.Runtime.InMemory;

/// <summary>Gathers the history of an execution in memory, for the case that it does not succeed.</summary>
/// <param name="begun">Called with the first turn.</param>
internal sealed class TurnHistory(Action begun) : ExecutionWatch
{
    private readonly List<HistoryEvent> _events = [];

    /// <summary>The events; read once the execution has ended.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    public override void OnTurn(Turn turn)
    {
        if (_events.Count == 0)
        {
            begun();
        }

        _events.AddRange(turn.Events);
    }
}
