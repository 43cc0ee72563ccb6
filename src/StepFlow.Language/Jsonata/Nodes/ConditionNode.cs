namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The condition <c>? :</c>. Undefined if it is false and there is no other branch.</summary>
internal sealed class ConditionNode(Node condition, Node then, Node? otherwise, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        Node? branch = Truth.Of(evaluator, condition.Evaluate(evaluator, input, frame)) ? then : otherwise;
        JsonValue? result = branch?.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }
}
