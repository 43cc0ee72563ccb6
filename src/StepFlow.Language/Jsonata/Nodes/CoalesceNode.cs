using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>??</c>: the left where it is defined, else the right.</summary>
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
