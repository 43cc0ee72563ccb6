namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A call that a lambda ends with: its value is the call itself, which the caller of the lambda continues.</summary>
internal sealed class TailCallNode(Invocation invocation, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) => new NodeTailCall(this, input, frame);

    public JsonValue? Continue(Evaluator evaluator, JsonValue? input, JsonataFrame frame, JsonValue? context)
    {
        evaluator.Enter();
        JsonValue? result = invocation.Call(evaluator, input, frame, null, hasFirst: false, context, inLoop: true);
        evaluator.Leave();
        return result;
    }
}
