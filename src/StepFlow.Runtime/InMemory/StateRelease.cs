namespace StepFlow.Runtime.InMemory;

/// <summary>How an execution continues at a breakpoint.</summary>
/// <param name="Input">The input that the state gets: its own, or another.</param>
/// <param name="Assigned">Variables that are set before it; empty for none.</param>
public sealed record StateRelease(JsonValue Input, JsonObject Assigned);
