namespace StepFlow.Runtime.Ports;

/// <summary>An execution as a host stores it, without its history.</summary>
public sealed record ExecutionRecord
{
    /// <summary>The request with which it was started.</summary>
    public required ExecutionRequest Request { get; init; }

    public ExecutionStart Start => Request.Start;

    /// <summary>The definition that it was started with. Later updates of the state machine do not change it.</summary>
    public string Definition => Request.Definition;

    public required ExecutionStatus Status { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The name of the error; null if there is none. The empty name of a failure with only a cause is read as null.</summary>
    public string? Error { get; init => field = value is "" ? null : value; }

    /// <summary>The cause; null where it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The number of its history events.</summary>
    public long EventCount { get; init; }

    /// <summary>The record of an execution that is in memory.</summary>
    /// <param name="status">The status. A caller whose readers are on other threads passes the status after the last whole turn.</param>
    /// <param name="stopTime">When it ended; null while it runs.</param>
    /// <param name="execution">The execution; null before its first turn.</param>
    public static ExecutionRecord Of(ExecutionRequest request, ExecutionStatus status, DateTimeOffset? stopTime, WorkflowExecution? execution) => new()
    {
        Request = request,
        Status = status,
        StopTime = stopTime,
        Output = execution?.Output,
        Error = execution?.Error?.Name,
        Cause = execution?.Error?.Cause,
        RedriveCount = execution?.RedriveCount ?? 0,
        RedriveTime = execution?.RedriveTime,
        EventCount = execution?.EventCount ?? 0,
    };
}
