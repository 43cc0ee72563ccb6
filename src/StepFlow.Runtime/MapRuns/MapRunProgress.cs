using System.Text.Json.Serialization;

namespace StepFlow.Runtime.MapRuns;

/// <summary>How far a Map Run has come (DescribeMapRun, <c>itemCounts</c> and <c>executionCounts</c>).</summary>
/// <param name="Items">The items by the state of their execution.</param>
public sealed record MapRunProgress(string MapRunArn, MapRunCounts Items, MapRunCounts Executions)
{
    /// <summary>The settings that the run began with.</summary>
    public MapRunSettings Settings { get; init; } = new(0, 0, 0);
}

/// <summary>Counts by state.</summary>
public readonly record struct MapRunCounts
{
    /// <summary>Not started.</summary>
    public long Pending { get; init; }

    /// <summary>In flight.</summary>
    public long Running { get; init; }

    /// <summary>Ended well.</summary>
    public long Succeeded { get; init; }

    public long Failed { get; init; }

    /// <summary>Ran out of time.</summary>
    public long TimedOut { get; init; }

    /// <summary>Stopped.</summary>
    public long Aborted { get; init; }

    /// <summary>Written by the ResultWriter.</summary>
    public long ResultsWritten { get; init; }

    /// <summary>Those that ended, but not well.</summary>
    [JsonIgnore]
    public long NotSucceeded => Failed + TimedOut + Aborted;

    /// <summary>These counts, and a number that ended with a status.</summary>
    /// <param name="number">How many more.</param>
    /// <param name="status">How they ended.</param>
    public MapRunCounts With(long number, ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => this with { Succeeded = Succeeded + number },
        ExecutionStatus.TimedOut => this with { TimedOut = TimedOut + number },
        ExecutionStatus.Aborted => this with { Aborted = Aborted + number },
        _ => this with { Failed = Failed + number },
    };

    public long Total => Pending + Running + Succeeded + Failed + TimedOut + Aborted;

    /// <summary>The counts as DescribeMapRun shows them (<c>itemCounts</c>, <c>executionCounts</c>).</summary>
    public JsonObject ToJson() => JsonObject.Create(
        ("pending", Pending),
        ("running", Running),
        ("succeeded", Succeeded),
        ("failed", Failed),
        ("timedOut", TimedOut),
        ("aborted", Aborted),
        ("total", Total),
        ("resultsWritten", ResultsWritten),
        ("failuresNotRedrivable", 0),
        ("pendingRedrive", 0));
}
