namespace StepFlow.Runtime.InMemory;

/// <summary>How an execution continues at a breakpoint.</summary>
/// <param name="Input">The input of the state: its own, or a changed one.</param>
/// <param name="Assigned">Variables that are set before it; empty for none.</param>
public sealed record StateRelease(JsonValue Input, JsonObject Assigned);
