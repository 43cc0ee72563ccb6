namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>??</c>: the left value if it is defined, otherwise the right one.</summary>
internal sealed class CoalesceNode(Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = left.Evaluate(evaluator, input, frame) ?? right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }
}
