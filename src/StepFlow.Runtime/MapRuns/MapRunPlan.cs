using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>All children of a Map Run at once, for a host that plans a run before it starts.</summary>
public static class MapRunPlan
{
    /// <summary>The children, in the order of their items; or why the run fails.</summary>
    /// <param name="command">What the execution asked for.</param>
    /// <param name="names">The run's names.</param>
    /// <param name="parent">How the execution that runs the Map was started.</param>
    /// <param name="objects">Where items are read; null where there is no such place.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Outcome<IReadOnlyList<MapRunEntry>>> MakeAsync(
        StartMapRun command, MapRunNames names, ExecutionStart parent, IObjectStore? objects, TimeProvider clock, CancellationToken cancellationToken)
    {
        var children = new List<MapRunEntry>();
        StatesError? failure = await new ChildReader(command, names, parent, clock).ReadAsync(
            objects,
            objects?.MaxItemBytes ?? 0,
            (child, _) =>
            {
                children.Add(child);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        return children;
    }
}
