namespace StepFlow.Execution.Frames;

/// <summary>What a frame does next, or what it waits for. The names are part of the snapshot's format.</summary>
internal enum FramePhase
{
    /// <summary>Enters its state next.</summary>
    Ready,

    /// <summary>Makes another attempt at the state it is in.</summary>
    Attempting,

    /// <summary>Starts more iterations of its Map.</summary>
    Feeding,

    /// <summary>Waits for a task.</summary>
    Task,

    /// <summary>Waits until a Wait state's instant.</summary>
    Waiting,

    /// <summary>Waits for the next attempt.</summary>
    Backoff,

    /// <summary>Waits for its branches or iterations.</summary>
    Group,

    /// <summary>Waits for a Map Run.</summary>
    MapRun,

    /// <summary>Succeeded.</summary>
    Succeeded,

    /// <summary>Its state failed.</summary>
    Failed,

    /// <summary>Was aborted: by a sibling's failure, a stop or a timeout.</summary>
    Aborted,
}
