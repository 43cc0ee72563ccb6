namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A value passed on to a call as its first argument: <c>value ~&gt; $f(...)</c>.</summary>
internal sealed class ApplyCallNode(Node value, Invocation invocation, SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? first = value.Evaluate(evaluator, input, frame);
        JsonValue? result = invocation.Call(evaluator, input, frame, first, hasFirst: true, input, inLoop: false);
        evaluator.Leave();
        return Sequence.End(result, end);
    }
}
