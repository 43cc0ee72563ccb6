using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>What an episode led to.</summary>
internal sealed record EpisodeOutcome
{
    /// <summary>What was asked for beyond what the history holds already.</summary>
    public required IReadOnlyList<DurableAction> Requested { get; init; }

    /// <summary>The custom status as JSON; null for none.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Completed or failed; null if it continues.</summary>
    public OrchestrationRuntimeStatus? End { get; init; }

    /// <summary>Whether it continues as new.</summary>
    public bool ContinuesAsNew { get; init; }

    /// <summary>The output, or the input of the next generation.</summary>
    public string? Result { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Events for the next generation.</summary>
    public IReadOnlyList<DurableEvent> CarriedOver { get; init; } = [];

    /// <summary>The most bytes of an action as it travels, its end among them.</summary>
    public int LargestAction { get; init; }
}
