namespace StepFlow.Functions.Tests.Durable;

/// <summary>Something that an orchestrator asked for. Replaying it, it must ask for the same again.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">The activity, the sub-orchestration, the event waited for, or the timer's instant.</param>
/// <param name="Data">The input as JSON, as it would be sent; null for waits and timers.</param>
public sealed record DurableAction(DurableActionKind Kind, string Name, string? Data);

/// <summary>The sorts of things an orchestrator can ask for.</summary>
public enum DurableActionKind
{
    Activity,
    Timer,
    SubOrchestration,
    SendEvent,
    ContinueAsNew,
}
