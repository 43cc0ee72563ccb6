namespace StepFlow.Functions.Orchestration;

/// <summary>Something that an orchestration waits for.</summary>
/// <param name="Id">The command's id, or the event's name.</param>
/// <param name="Task">Completes when it happened.</param>
/// <param name="Kind">The sort.</param>
internal sealed record InFlight(string Id, Task Task, InFlightKind Kind);

/// <summary>The sorts of things an orchestration waits for.</summary>
internal enum InFlightKind
{
    /// <summary>An activity or a sub-orchestration: its answer would be lost if the orchestration continued as new.</summary>
    Activity,

    /// <summary>A timer: started again by the next generation.</summary>
    Timer,

    /// <summary>An external event: kept for the next generation.</summary>
    Event,
}
