namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A variable that a tuple may bind.</summary>
internal sealed class TupleVariableNode(int hops, string name, Node otherwise, SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        frame.Up(hops).Tuple is { } tuple && tuple.TryFind(name, out JsonValue? value)
            ? Sequence.End(value, end)
            : otherwise.Evaluate(evaluator, input, frame);
}
