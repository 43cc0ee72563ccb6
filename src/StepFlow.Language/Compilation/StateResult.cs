namespace StepFlow.Language.Compilation;

/// <summary>What leaves a state.</summary>
/// <param name="Assigned">The variables that its Assign sets; null where it has none.</param>
public readonly record struct StateResult(JsonValue Output, JsonObject? Assigned);
