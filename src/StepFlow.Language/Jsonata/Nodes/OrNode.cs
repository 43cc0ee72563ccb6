namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>or</c>; the right side is only evaluated where the left does not hold.</summary>
internal sealed class OrNode(Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        bool holds = Truth.Of(evaluator, left.Evaluate(evaluator, input, frame)) || Truth.Of(evaluator, right.Evaluate(evaluator, input, frame));
        evaluator.Leave();
        return holds;
    }
}
