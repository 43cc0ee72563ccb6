using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Runs the child executions of a Map Run. Each host has its own way.</summary>
public interface IMapRunChildren
{
    /// <summary>
    /// Runs a child to its end. Starting a child that was started before waits for that one: after a crash the whole
    /// run is repeated, with the same names. Of a redriven run a child that ended without success is redriven. Cancelled: the child is stopped, and the call still ends with its result.
    /// </summary>
    Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken cancellationToken);

    /// <summary>Waits until another child may start: those that wait for their first turn take memory, and gain nothing by it. By default at once.</summary>
    ValueTask ReadyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>One child execution of a Map Run.</summary>
/// <param name="Index">Its index in the run, from 0.</param>
/// <param name="Machine">The item processor as a machine of its own.</param>
/// <param name="Start">How it starts.</param>
public sealed record MapRunChild(int Index, StateMachine Machine, ExecutionStart Start)
{
    /// <summary>Whether its run is redriven: a child that ended without success before goes on from where it failed.</summary>
    public bool IsRedriven { get; init; }

    /// <summary>The item processor of a Map as a machine of its own.</summary>
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
    /// <summary>Its history, where whoever runs it has kept it nowhere else and it did not succeed; else empty.</summary>
    public IReadOnlyList<HistoryEvent> History { get; init; } = [];

    /// <summary>How an execution ended, as a host knows it.</summary>
    /// <param name="clock">Gives the end of one whose end nobody wrote down.</param>
    public static MapRunChildResult Of(ExecutionRecord ended, TimeProvider clock) => new(
        ended.Status,
        ended.Output,
        StatesError.Stored(ended.Error, ended.Cause),
        ended.StopTime ?? clock.GetUtcNow());
}
