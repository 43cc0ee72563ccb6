using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>How the local host works.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>Where and how the data is stored.</summary>
    public required JournalOptions Journal { get; init; }

    /// <summary>Most tasks that run at a time, from 1; others wait their turn.</summary>
    public int MaxConcurrentTasks { get; init; } = 1000;

    /// <summary>The maximum number of starts that wait for their commit, from 1. Further starts wait before they are handled.</summary>
    public int MaxPendingStarts { get; init; } = 4096;

    /// <summary>The number of turns after which a snapshot is taken, from 1.</summary>
    public int SnapshotInterval { get; init; } = 200;

    /// <summary>
    /// The clock for measurements of this process. It is never set back. Executions have another
    /// clock, which a test can stop or advance. This one always runs.
    /// </summary>
    public TimeProvider RealTime { get; init; } = TimeProvider.System;

    /// <summary>How long a shutdown waits for cancelled tasks.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);
}
