namespace StepFlow.Functions.Messages;

/// <summary>The end of an execution, as its record stores it. It is the output of an orchestration whose execution succeeded.</summary>
public sealed record ExecutionEnd
{
    public required string ExecutionArn { get; init; }

    /// <summary>The instance that ended. A late repetition of it changes nothing after the execution was redriven.</summary>
    public required string InstanceId { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTimeOffset StopTime { get; init; }

    /// <summary>The output; null where it did not succeed.</summary>
    public Payload? Output { get; init; }

    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null for none.</summary>
    public Payload? Cause { get; init; }

    /// <summary>The number of its history events.</summary>
    public long EventCount { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>Where it can be redriven from; null where it succeeded.</summary>
    public Payload? Snapshot { get; init; }

    /// <summary>The last history; null for none.</summary>
    public HistoryChunk? History { get; init; }

    /// <summary>History before <see cref="History"/> that is not stored yet.</summary>
    public IReadOnlyList<HistoryChunk> EarlierHistory { get; init; } = [];

    /// <summary>All history that is not stored yet, oldest first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<HistoryChunk> AllHistory => History is null ? EarlierHistory : [.. EarlierHistory, History];
}
