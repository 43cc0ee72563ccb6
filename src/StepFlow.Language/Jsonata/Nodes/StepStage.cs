namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A stage after a step: a predicate, or the variable for the position.</summary>
internal readonly record struct StepStage(Predicate? Predicate, string? Index);
