namespace StepFlow.Functions.Tests.Durable;

/// <summary>Something that an orchestrator asked for. Replaying it, it must ask for the same again.</summary>
/// <param name="Id">Its number within the generation.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">The activity, the sub-orchestration, or the event; empty for timers.</param>
/// <param name="Data">The input as JSON, as it would be sent; null for timers.</param>
public sealed record DurableAction(int Id, DurableActionKind Kind, string Name, string? Data)
{
    /// <summary>The sub-orchestration, or the instance that the event goes to; null for others.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When the timer fires.</summary>
    public DateTimeOffset FireAt { get; init; }
}

/// <summary>The sorts of things an orchestrator can ask for.</summary>
public enum DurableActionKind
{
    Activity,
    Timer,
    SubOrchestration,
    SendEvent,
}
