namespace StepFlow.Execution.Interpretation;

/// <summary>What a command is for. It decides what the command's signal does.</summary>
internal enum CommandPurpose
{
    /// <summary>An attempt of a Task.</summary>
    Task,

    /// <summary>The timeout of an attempt.</summary>
    TaskTimeout,

    /// <summary>The heartbeat of an attempt.</summary>
    TaskHeartbeat,

    /// <summary>The end of a Wait state.</summary>
    Wait,

    /// <summary>The next attempt of a state that is retried.</summary>
    Backoff,

    /// <summary>The run of a distributed Map.</summary>
    MapRun,

    /// <summary>The timeout of the execution.</summary>
    Deadline,

    /// <summary>The continuation of a turn that was too long.</summary>
    Continue,
}
