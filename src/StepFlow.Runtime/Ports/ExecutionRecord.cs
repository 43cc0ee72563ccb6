using StepFlow.Execution;

namespace StepFlow.Runtime.Ports;

/// <summary>An execution as a host knows it.</summary>
public sealed record ExecutionRecord
{
    /// <summary>What it was started with.</summary>
    public required ExecutionRequest Request { get; init; }

    /// <summary>How it was started.</summary>
    public ExecutionStart Start => Request.Start;

    /// <summary>The definition's text that it is pinned to.</summary>
    public string Definition => Request.Definition;

    public required ExecutionStatus Status { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The name of the error; null where it has none, also where only a cause was given: what is stored of that is an empty name.</summary>
    public string? Error { get; init => field = value is "" ? null : value; }

    /// <summary>The cause; null where it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The number of its history events.</summary>
    public long EventCount { get; init; }
}
