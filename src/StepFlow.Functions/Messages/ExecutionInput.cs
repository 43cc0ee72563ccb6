namespace StepFlow.Functions.Messages;

/// <summary>What an orchestration of an execution starts with: everything it needs, so that it is pinned to it.</summary>
public sealed record ExecutionInput
{
    /// <summary>The definition's text.</summary>
    public required Payload Definition { get; init; }

    /// <summary>Where the execution goes on: a snapshot of its core, taken after its first turn or later.</summary>
    public required Payload Snapshot { get; init; }

    /// <summary>History of the turns before the snapshot that nobody has stored yet.</summary>
    public IReadOnlyList<HistoryChunk> UnsavedHistory { get; init; } = [];

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>When it was redriven, where it goes on because of that; null where it does not.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>Tasks whose request was accepted before the snapshot, so that they are only waited for: by task id the execution that the task started, or null. Null for none.</summary>
    public Payload? Accepted { get; init; }

    /// <summary>The number of the last task that was given: see <see cref="ProgressStatus.LastTask"/>.</summary>
    public long LastTask { get; init; }

    /// <summary>
    /// Whether stored parts of larger values are referred to, instead of being stored again with the whole. False for a generation
    /// that an older version of the app began: it is replayed as it ran.
    /// </summary>
    public bool RefersToParts { get; init; }

    /// <summary>
    /// Whether fast tasks bring their history back, and the end of a success is the orchestration's output instead of an
    /// activity's. False for a generation that an older version of the app began: it is replayed as it ran.
    /// </summary>
    public bool SparesMessages { get; init; }

    /// <summary>The instance that waits for the end (a <c>.sync</c> task of another execution); null for none.</summary>
    public string? NotifyInstance { get; init; }

    /// <summary>For a Map Run's child who waits for its end; else null.</summary>
    public MapChild? MapChild { get; init; }
}
