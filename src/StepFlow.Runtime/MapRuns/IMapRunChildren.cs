using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Runs the child executions of a Map Run. Each host has its own implementation.</summary>
public interface IMapRunChildren
{
    /// <summary>
    /// Runs a child until its end. If the child has been started before, it waits for that one, because after a crash the whole
    /// run is repeated with the same names. In a redriven run, a child that ended without success is redriven.
    /// </summary>
    /// <param name="stop">Stops the child. The call still returns its result.</param>
    /// <param name="abandon">
    /// Ends the call without a result, because the run is repeated or given up. A child in memory ends; a child that is stored runs on.
    /// </param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon);

    /// <summary>Waits until another child can start, because children that wait for their first turn only use memory. By default it returns immediately.</summary>
    ValueTask ReadyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>One child execution of a Map Run.</summary>
/// <param name="Index">Its index in the run, from 0.</param>
/// <param name="Machine">The item processor as a state machine.</param>
public sealed record MapRunChild(int Index, StateMachine Machine, ExecutionStart Start)
{
    /// <summary>Whether its run is redriven. Then a child that ended without success continues where it failed.</summary>
    public bool IsRedriven { get; init; }

    /// <summary>The item processor of a Map as a state machine.</summary>
    public static StateMachine MachineOf(StartMapRun command) => new()
    {
        Source = JsonObject.Empty,
        Graph = command.State.Processor,
    };
}

/// <summary>How a child ended.</summary>
/// <param name="Output">Its output; null where it did not succeed.</param>
/// <param name="Error">Its error and cause; null where it has none.</param>
/// <param name="StopTime">When it ended.</param>
public sealed record MapRunChildResult(ExecutionStatus Status, JsonValue? Output, StatesError? Error, DateTimeOffset StopTime)
{
    /// <summary>Its history, if it did not succeed and its host has not stored it; otherwise empty.</summary>
    public IReadOnlyList<HistoryEvent> History { get; init; } = [];

    /// <summary>The result of a child, from its record.</summary>
    public static MapRunChildResult Of(ExecutionRecord ended, TimeProvider clock) => new(
        ended.Status,
        ended.Output,
        StatesError.Stored(ended.Error, ended.Cause),
        ended.StopTime ?? clock.GetUtcNow());
}
