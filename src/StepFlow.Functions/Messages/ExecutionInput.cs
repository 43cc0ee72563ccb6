namespace StepFlow.Functions.Messages;

/// <summary>The input of an execution's orchestration. It contains everything that the orchestration needs.</summary>
public sealed record ExecutionInput
{
    /// <summary>The definition's text.</summary>
    public required Payload Definition { get; init; }

    /// <summary>A snapshot of the execution, after its first turn or later.</summary>
    public required Payload Snapshot { get; init; }

    /// <summary>History of the turns before the snapshot that is not stored yet.</summary>
    public IReadOnlyList<HistoryChunk> UnsavedHistory { get; init; } = [];

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>The time of the redrive with which the instance begins; null if it does not begin with one.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>Tasks whose request was accepted before the snapshot, so that they are only waited for: by task id the execution that the task started, or null. Null for none.</summary>
    public Payload? Accepted { get; init; }

    /// <summary>The number of the last task that was given: see <see cref="ProgressStatus.LastTask"/>.</summary>
    public long LastTask { get; init; }

    /// <summary>
    /// Whether stored parts of larger values are referenced, instead of being stored again with the whole. False for a generation
    /// that an older version of the app started, so that its replay is the same.
    /// </summary>
    public bool RefersToParts { get; init; }

    /// <summary>
    /// Whether fast tasks return the history of their message, and the end of a success is the orchestration's output instead of an
    /// activity's input. False for a generation that an older version of the app started, so that its replay is the same.
    /// </summary>
    public bool SparesMessages { get; init; }

    /// <summary>The instance that waits for the end (a <c>.sync</c> task of another execution); null for none.</summary>
    public string? NotifyInstance { get; init; }

    /// <summary>The Map Run that waits for the end of this child; null for other executions.</summary>
    public MapChild? MapChild { get; init; }
}
