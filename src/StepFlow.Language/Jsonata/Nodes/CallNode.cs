namespace StepFlow.Language.Jsonata.Nodes;

internal sealed class CallNode(Invocation invocation, SequenceEnd end, int position) : Node(position)
{
    public Invocation Invocation { get; } = invocation;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = Invocation.Call(evaluator, input, frame, null, hasFirst: false, input, inLoop: false);
        evaluator.Leave();
        return Sequence.End(result, end);
    }
}
