namespace StepFlow.Functions.Tests.Durable;

/// <summary>One run of an orchestrator, as its history keeps it.</summary>
/// <param name="Time">When it ran: the orchestrator's clock.</param>
/// <param name="Happened">What had happened since the one before.</param>
public sealed record DurableEpisode(DateTimeOffset Time, IReadOnlyList<DurableEvent> Happened)
{
    /// <summary>What the orchestrator asked for; empty until it has run.</summary>
    public IReadOnlyList<DurableAction> Requested { get; set; } = [];
}
