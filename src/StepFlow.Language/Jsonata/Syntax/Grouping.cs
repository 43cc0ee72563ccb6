namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>A group-by clause, or the members of an object constructor.</summary>
internal sealed record Grouping(List<KeyValuePair<SyntaxNode, SyntaxNode>> Pairs, int Position);
