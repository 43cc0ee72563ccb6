namespace StepFlow.Language.Jsonata.Nodes;

internal enum OrderOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
