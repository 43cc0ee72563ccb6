namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>What follows a step: a predicate, or the name that the position is bound to.</summary>
internal readonly record struct StepStage(Predicate? Predicate, string? Index);
