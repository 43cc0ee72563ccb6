using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Messages;

/// <summary>The input of a Map Run's orchestration, also of its next generations.</summary>
public sealed record MapRunInput
{
    public required MapRunTask Run { get; init; }

    /// <summary>How far it has come, with the settings in force.</summary>
    public required MapRunProgress Progress { get; init; }

    /// <summary>The page of children that is written next.</summary>
    public int NextPage { get; init; }

    /// <summary>Where in the items the next reading begins.</summary>
    public ItemPosition Next { get; init; } = ItemPosition.Start;

    /// <summary>Whether all items were read.</summary>
    public bool IsRead { get; init; }

    /// <summary>The pages whose children wait to be started: see <see cref="PageText"/>. Null for none.</summary>
    public Payload? Waiting { get; init; }

    /// <summary>The Standard children in flight: see <see cref="IndexSet"/>. Null for none.</summary>
    public Payload? InFlight { get; init; }

    /// <summary>Why no further children are started.</summary>
    public MapRunStop Stop { get; init; }

    /// <summary>Why its items could not be read; null where they could.</summary>
    public MapRunEnd? Failure { get; init; }
}
