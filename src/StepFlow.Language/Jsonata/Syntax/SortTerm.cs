namespace StepFlow.Language.Jsonata.Syntax;

internal readonly record struct SortTerm(SyntaxNode Expression, bool Descending);
