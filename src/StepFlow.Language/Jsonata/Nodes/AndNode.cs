namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>and</c>; the right side is only evaluated where the left holds.</summary>
internal sealed class AndNode(Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        bool holds = Truth.Of(evaluator, left.Evaluate(evaluator, input, frame)) && Truth.Of(evaluator, right.Evaluate(evaluator, input, frame));
        evaluator.Leave();
        return holds;
    }
}
