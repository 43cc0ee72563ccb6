using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Messages;

/// <summary>Identifies the run for the activities of a Map Run. Its command, with the items, is in the snapshot of the execution that gave it.</summary>
public sealed record MapRunTask
{
    public required string ExecutionArn { get; init; }

    /// <summary>The execution's definition.</summary>
    public required Payload Definition { get; init; }

    /// <summary>The execution when it gave the command.</summary>
    public required Payload Snapshot { get; init; }

    public required string CommandId { get; init; }

    /// <summary>The orchestration of the run. A redrive has a new one.</summary>
    public required string InstanceId { get; init; }
}

/// <summary>The request to the activity <c>ReadChildren</c> for the next children of a run.</summary>
/// <param name="Page">The page that is written first.</param>
/// <param name="First">Where in the items the reading begins.</param>
public sealed record ChildrenReading(MapRunTask Run, int Page, ItemPosition First);

/// <summary>The result of the activity <c>ReadChildren</c>. If it has a failure, the run fails with it.</summary>
public sealed record ChildrenRead
{
    /// <summary>The pages, with how many items each child on them has: see <see cref="PageText"/>.</summary>
    public Payload? Pages { get; init; }

    /// <summary>The page that is written next.</summary>
    public int NextPage { get; init; }

    /// <summary>Where in the items the next reading begins; null where the run has no more items.</summary>
    public ItemPosition? Next { get; init; }

    /// <summary>Whether the run has no more items.</summary>
    public bool IsLast { get; init; }

    /// <summary>Why the run fails; null where it does not.</summary>
    public MapRunEnd? Failure { get; init; }
}

/// <summary>The request to the activity <c>RunChildren</c> to run the Express children of a page that have not ended.</summary>
/// <param name="Part">The number of earlier calls for the page. A repeated call has the same number.</param>
/// <param name="Concurrency">How many children run at a time.</param>
/// <param name="MostFailures">After more items than these have failed no more children start.</param>
public sealed record ChildrenRun(MapRunTask Run, int Page, int Part, int Concurrency, long MostFailures);

/// <summary>The result of the activity <c>RunChildren</c>.</summary>
/// <param name="Items">The items of the children that ended, by how they ended.</param>
/// <param name="Executions">The children that ended.</param>
/// <param name="Left">How many items each child has that was not started: see <see cref="ItemCounts"/>.</param>
public sealed record ChildrenRan(int Page, MapRunCounts Items, MapRunCounts Executions, string Left);

/// <summary>The request to the activity <c>StartChildren</c> for Standard children that follow one another on a page.</summary>
/// <param name="First">The index of the first child in the run.</param>
/// <param name="Count">How many.</param>
public sealed record ChildrenStart(MapRunTask Run, int Page, int First, int Count)
{
    /// <summary>The most children that one activity starts.</summary>
    public const int MaxChildren = 50;
}

/// <summary>Names children of a run to the activities <c>StopChildren</c> and <c>FindEndedChildren</c>.</summary>
/// <param name="Indexes">Their indexes: see <see cref="IndexSet"/>.</param>
public sealed record ChildrenNamed(MapRunTask Run, Payload Indexes);

/// <summary>A child of a Map Run has ended.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Items">How many items it has.</param>
public sealed record EndedChild(int Index, ExecutionStatus Status, int Items);

/// <summary>Children of a Map Run have ended.</summary>
public sealed record EndedChildren(IReadOnlyList<EndedChild> Children);

/// <summary>The request to the activity <c>FinishMapRun</c> to write the results.</summary>
public sealed record MapRunFinish
{
    public required MapRunTask Run { get; init; }

    /// <summary>How many pages of children there are.</summary>
    public required int Pages { get; init; }

    public required MapRunProgress Progress { get; init; }

    /// <summary>Why it ended before its children did.</summary>
    public MapRunStop Stop { get; init; }

    /// <summary>Why its items could not be read; null where they could.</summary>
    public MapRunEnd? Failure { get; init; }
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

    /// <summary>Its items could not be read to the end.</summary>
    Unreadable,
}

/// <summary>How a Map Run ended.</summary>
public sealed record MapRunEnd
{
    /// <summary>The time by the execution's clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The state's result; null where the run did not succeed.</summary>
    public Payload? Result { get; init; }

    /// <summary>The error; null where the run did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null for none.</summary>
    public Payload? Cause { get; init; }
}

/// <summary>Who waits for the end of a Map Run's child.</summary>
/// <param name="InstanceId">The orchestration of the run.</param>
/// <param name="Items">How many items it has.</param>
public sealed record MapChild(string InstanceId, int Index, int Items);
