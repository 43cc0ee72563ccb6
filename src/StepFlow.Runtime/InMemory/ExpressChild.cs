using StepFlow.Runtime.MapRuns;

namespace StepFlow.Runtime.InMemory;

/// <summary>An Express child of a distributed Map. It runs in memory. Only its outcome is stored, and its history if it did not succeed.</summary>
public sealed class ExpressChild
{
    private readonly TurnHistory _history;

    private ExpressChild(InMemoryRunner runner, MapRunChild child, ExecutionRequest parent, Action begun, CancellationToken abandon)
    {
        _history = new(begun);
        Execution = runner.Start(child.Machine, parent.ForChild(child.Start, string.Empty), _history, abandon);
    }

    public InMemoryExecution Execution { get; }

    /// <summary>Starts a child.</summary>
    /// <param name="begun">Called after its first turn. Not called if it is abandoned before.</param>
    /// <param name="abandon">Abandons it: nothing more happens.</param>
    public static ExpressChild Start(InMemoryRunner runner, MapRunChild child, ExecutionRequest parent, Action begun, CancellationToken abandon) =>
        new(runner, child, parent, begun, abandon);

    /// <summary>Waits for its end.</summary>
    /// <param name="stop">Stops it; the call still ends with its result.</param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public async Task<MapRunChildResult> EndAsync(CancellationToken stop)
    {
        await using (stop.Register(() => _ = Execution.StopAsync(null, null)))
        {
            await Execution.Completion;
        }

        return new(Execution.Status, Execution.Output, Execution.Error, Execution.StopTime!.Value)
        {
            History = Execution.Status == ExecutionStatus.Succeeded ? [] : _history.Events,
        };
    }
}
