using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Messages;

/// <summary>What an orchestration of a Map Run starts with, and goes on with in a new generation.</summary>
public sealed record MapRunInput
{
    /// <summary>The run.</summary>
    public required MapRunTask Run { get; init; }

    /// <summary>How far it has come, with the settings in force.</summary>
    public required MapRunProgress Progress { get; init; }

    /// <summary>Its children; null where they are not known yet.</summary>
    public MapRunPlanned? Plan { get; init; }

    /// <summary>How many children were started.</summary>
    public int Started { get; init; }

    /// <summary>The children in flight: see <see cref="IndexSet"/>. Null for none.</summary>
    public Payload? InFlight { get; init; }

    /// <summary>Why no further children are started.</summary>
    public MapRunStop Stop { get; init; }
}
