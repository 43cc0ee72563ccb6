namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>A stage after a step: a predicate, or the variable for the position.</summary>
internal readonly record struct Stage(SyntaxNode? Filter, string? Index);
