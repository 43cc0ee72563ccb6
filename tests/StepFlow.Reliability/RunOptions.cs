namespace StepFlow.Reliability;

/// <summary>What a run does.</summary>
internal sealed record RunOptions
{
    /// <summary>What repeats the run: the same seed gives the same executions and faults in the same order.</summary>
    public required int Seed { get; init; }

    /// <summary>How long executions are started and faults strike.</summary>
    public required TimeSpan Load { get; init; }

    /// <summary>The workloads, by name.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The faults, by name; none for a run without any.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Executions started a second, from 1.</summary>
    public double Rate { get; init; } = 40;

    /// <summary>Seconds between two faults, on average.</summary>
    public double SecondsBetweenFaults { get; init; } = 6;

    /// <summary>How long nothing may end, when all faults are over, before what still runs counts as hanging.</summary>
    public TimeSpan QuietLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long everything after the load may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where server logs and the histories of wrong executions are left; null for nowhere.</summary>
    public string? Artifacts { get; init; }
}
