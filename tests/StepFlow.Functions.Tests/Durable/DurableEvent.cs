using Microsoft.DurableTask;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>Something that happened to an orchestration.</summary>
/// <param name="ActionId">The action that it completes; -1 for an external event.</param>
/// <param name="EventName">The external event's name; null for completions.</param>
/// <param name="Result">The result, or the event's payload, as JSON.</param>
/// <param name="Failure">Why the action failed; null where it did not.</param>
public sealed record DurableEvent(int ActionId, string? EventName, string? Result, TaskFailureDetails? Failure);
