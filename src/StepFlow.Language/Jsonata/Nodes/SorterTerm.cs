namespace StepFlow.Language.Jsonata.Nodes;

internal readonly record struct SorterTerm(Node Expression, bool Descending);
