namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>What follows a step: a predicate, or the binding of the position to a variable.</summary>
internal readonly record struct Stage(SyntaxNode? Filter, string? Index);
