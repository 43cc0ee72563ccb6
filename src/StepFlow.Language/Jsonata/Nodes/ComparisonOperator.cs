namespace StepFlow.Language.Jsonata.Nodes;

internal enum ComparisonOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
