using StepFlow.Execution;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Messages;

/// <summary>Tells the activities of a Map Run which run is meant. Its command, with the items, is in the snapshot of the execution that gave it.</summary>
public sealed record MapRunTask
{
    /// <summary>The execution that runs the Map.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>The execution's definition.</summary>
    public required Payload Definition { get; init; }

    /// <summary>The execution when it gave the command.</summary>
    public required Payload Snapshot { get; init; }

    /// <summary>The command's id.</summary>
    public required string CommandId { get; init; }

    /// <summary>The orchestration of the run: a redrive has one of its own.</summary>
    public required string InstanceId { get; init; }
}

/// <summary>What the activity <c>PlanMapRun</c> found; or, where it has an error, why the run fails.</summary>
public sealed record MapRunPlanned
{
    /// <summary>How many children there are.</summary>
    public int Children { get; init; }

    /// <summary>How many items each child has: see <see cref="ItemCounts"/>. Null where the run fails.</summary>
    public Payload? Items { get; init; }

    /// <summary>What each child works on, in pages. Null where the run fails.</summary>
    public Payload? Pages { get; init; }

    /// <summary>Why the run fails; null where it does not.</summary>
    public MapRunEnd? Failure { get; init; }
}

/// <summary>Asks the activity <c>StartChildren</c> for children that follow one another.</summary>
/// <param name="Run">The run.</param>
/// <param name="Pages">What the children work on.</param>
/// <param name="First">The first child.</param>
/// <param name="Count">How many.</param>
public sealed record ChildrenStart(MapRunTask Run, Payload Pages, int First, int Count)
{
    /// <summary>The most children that one activity starts.</summary>
    public const int MostChildren = 50;
}

/// <summary>Names children of a run to the activities <c>StopChildren</c> and <c>FindEndedChildren</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Indexes">Their places: see <see cref="IndexSet"/>.</param>
public sealed record ChildrenNamed(MapRunTask Run, Payload Indexes);

/// <summary>A child of a Map Run has ended.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Status">How.</param>
public sealed record EndedChild(int Index, ExecutionStatus Status);

/// <summary>Asks the activity <c>FinishMapRun</c> to write the results.</summary>
public sealed record MapRunFinish
{
    /// <summary>The run.</summary>
    public required MapRunTask Run { get; init; }

    /// <summary>What the children worked on.</summary>
    public required Payload Pages { get; init; }

    /// <summary>How many children were started.</summary>
    public required int Started { get; init; }

    /// <summary>How far the run came.</summary>
    public required MapRunProgress Progress { get; init; }

    /// <summary>Why it ended before its children did.</summary>
    public MapRunStop Stop { get; init; }
}

/// <summary>Why a Map Run ends before all of its children do.</summary>
public enum MapRunStop
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>More children failed than tolerated.</summary>
    TooManyFailures,

    /// <summary>Its execution gave it up.</summary>
    Aborted,
}

/// <summary>How a Map Run ended.</summary>
public sealed record MapRunEnd
{
    /// <summary>When: the execution's clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The state's result; null where the run did not succeed.</summary>
    public Payload? Result { get; init; }

    /// <summary>The error; null where the run did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null where there is none.</summary>
    public Payload? Cause { get; init; }
}

/// <summary>Who waits for the end of a Map Run's child.</summary>
/// <param name="InstanceId">The orchestration of the run.</param>
/// <param name="Index">The child's place, from 0.</param>
public sealed record MapChild(string InstanceId, int Index);
