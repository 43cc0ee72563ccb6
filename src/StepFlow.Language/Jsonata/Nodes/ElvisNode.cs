namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>?:</c>: the left value if it counts as true, otherwise the right one.</summary>
internal sealed class ElvisNode(Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? value = left.Evaluate(evaluator, input, frame);
        JsonValue? result = Truth.Of(evaluator, value) ? value : right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }
}
