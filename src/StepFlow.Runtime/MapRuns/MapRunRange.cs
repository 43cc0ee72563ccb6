using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>A range of the children of a Map Run, for a host that reads its items piece by piece, each piece on any machine.</summary>
/// <param name="command">What the execution asked for.</param>
/// <param name="names">The run's names.</param>
/// <param name="parent">How the execution that runs the Map was started.</param>
/// <param name="clock">The clock.</param>
public sealed class MapRunRange(StartMapRun command, MapRunNames names, ExecutionStart parent, TimeProvider clock)
{
    /// <summary>Reads children from an item on.</summary>
    /// <param name="objects">Where items are read; null where there is no such place.</param>
    /// <param name="first">The item, from 0: behind those of the children that were taken before.</param>
    /// <param name="take">Takes each child, in order, with indexes from 0. False where the range ends with it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the run has no more children; or why it fails.</returns>
    public Task<Outcome<bool>> ReadAsync(
        IObjectStore? objects, long first, Func<MapRunEntry, CancellationToken, ValueTask<bool>> take, CancellationToken cancellationToken) =>
        new ChildReader(command, names, parent, clock).ReadAsync(objects, long.MaxValue, first, take, cancellationToken);
}
