namespace StepFlow.Local.Journal;

/// <summary>The columns of an execution that never change.</summary>
internal sealed record ExecutionRow
{
    public required long Id { get; init; }

    public required string Arn { get; init; }

    public required string Machine { get; init; }

    public string? Version { get; init; }

    public string? Alias { get; init; }

    public string? MapRun { get; init; }

    public string? Parent { get; init; }

    public string? TestCase { get; init; }

    public required long Definition { get; init; }

    /// <summary>When it was started, in unix milliseconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>The index of a Map Run's item; null for another execution.</summary>
    public long? ItemIndex { get; init; }

    /// <summary>The encoded <see cref="ExecutionStart"/>.</summary>
    public required byte[] Start { get; init; }
}

/// <summary>The columns of an execution that change. Times in unix milliseconds.</summary>
internal sealed record ExecutionProgress
{
    /// <summary>Waits for something from outside, with no timer.</summary>
    public const long NoTimer = long.MaxValue;

    public ExecutionStatus Status { get; init; }

    /// <summary>When a waiting execution is due. <see cref="NoTimer"/> if no timer will wake it; null while it has work to do, or has ended.</summary>
    public long? Wake { get; init; }

    public long? StopTime { get; init; }

    /// <summary>The encoded output.</summary>
    public byte[]? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public int RedriveCount { get; init; }

    public long? RedriveTime { get; init; }
}
