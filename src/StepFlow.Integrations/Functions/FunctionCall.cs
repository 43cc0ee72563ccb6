namespace StepFlow.Integrations.Functions;

/// <summary>One call of a function.</summary>
/// <param name="Qualifier">The version or alias; null for none.</param>
/// <param name="Task">The task that calls it: idempotency key, deadline, progress, trace.</param>
public sealed record FunctionCall(string Name, string? Qualifier, JsonValue Payload, TaskCall Task);
