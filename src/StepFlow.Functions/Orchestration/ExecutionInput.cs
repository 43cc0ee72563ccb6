namespace StepFlow.Functions.Orchestration;

/// <summary>What an orchestration of an execution starts with: everything it needs, so that it is pinned to it.</summary>
public sealed record ExecutionInput
{
    /// <summary>The definition's text.</summary>
    public required Payload Definition { get; init; }

    /// <summary>For a Map Run's child the name of the distributed Map whose item processor is its machine; else null.</summary>
    public string? MapState { get; init; }

    /// <summary>Where the execution goes on: a snapshot of its core, taken after its first turn or later.</summary>
    public required Payload Snapshot { get; init; }

    /// <summary>History of the turns before the snapshot that nobody has stored yet.</summary>
    public IReadOnlyList<Activities.HistoryChunk> UnsavedHistory { get; init; } = [];

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>Whether it goes on because it is redriven.</summary>
    public bool Redrive { get; init; }

    /// <summary>Tasks whose request was accepted before the snapshot, so that they are only waited for.</summary>
    public IReadOnlyList<AcceptedTask> Accepted { get; init; } = [];

    /// <summary>The instance that waits for the end (a <c>.sync</c> task of another execution); null for none.</summary>
    public string? NotifyInstance { get; init; }
}

/// <summary>A task that ends later.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="ChildInstanceId">For a <c>.sync</c> task the instance of the execution it started; else null.</param>
public sealed record AcceptedTask(string TaskId, string? ChildInstanceId);
