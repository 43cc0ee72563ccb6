namespace StepFlow.Functions.Orchestration;

/// <summary>Something that an orchestration waits for.</summary>
/// <param name="Id">The command's id, or the event's name.</param>
/// <param name="Task">Completes when it happened.</param>
/// <param name="Kind">The sort.</param>
internal sealed record PendingOperation(string Id, Task Task, PendingOperationKind Kind);

/// <summary>The kinds of operations that an orchestration waits for.</summary>
internal enum PendingOperationKind
{
    /// <summary>An activity. Its result would be lost if the orchestration continued as new.</summary>
    Activity,

    /// <summary>A Map Run: as an activity, but it may take as long as it likes.</summary>
    MapRun,

    /// <summary>A timer: started again by the next generation.</summary>
    Timer,

    /// <summary>An activity that was cancelled. Only the job or execution that it started still matters.</summary>
    Left,

    /// <summary>An external event. It is preserved for the next generation.</summary>
    Event,
}
