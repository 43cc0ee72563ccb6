namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operators = and !=. Where a side is undefined both are false.</summary>
internal sealed class EqualityNode(bool negated, Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? l = left.Evaluate(evaluator, input, frame);
        JsonValue? r = right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        return l is not null && r is not null && DeepEquality.Equal(evaluator, l, r) != negated;
    }
}
