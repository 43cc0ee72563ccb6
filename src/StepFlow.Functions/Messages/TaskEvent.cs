namespace StepFlow.Functions.Messages;

/// <summary>An external event for an orchestration: a task token was returned, a worker took a task, a child ended, or a stop was requested.</summary>
public sealed record TaskEvent
{
    /// <summary>What happened.</summary>
    public required TaskEventKind Kind { get; init; }

    /// <summary>The time by the execution's clock; null if the sender did not set it.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The result; null for all but success.</summary>
    public Payload? Output { get; init; }

    /// <summary>The error, or the error given with a stop; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null for none.</summary>
    public Payload? Cause { get; init; }

    /// <summary>The worker's name, where a worker took the task; null for none.</summary>
    public string? WorkerName { get; init; }
}

/// <summary>The sorts of events.</summary>
public enum TaskEventKind
{
    /// <summary>A worker took the task.</summary>
    Started,

    /// <summary>The task sent a heartbeat.</summary>
    Heartbeat,

    /// <summary>The task ended well.</summary>
    Succeeded,

    /// <summary>The task failed.</summary>
    Failed,

    /// <summary>The execution is to stop.</summary>
    Stop,
}
