namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A call that leaves arguments open: its value is a function of those.</summary>
internal sealed class PartialNode(Invocation invocation, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        PartialFunction result = invocation.Bind(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }
}
