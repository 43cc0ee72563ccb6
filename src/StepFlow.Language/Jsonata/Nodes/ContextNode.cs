namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The context value, <c>$</c>.</summary>
internal sealed class ContextNode(int position, SequenceEnd end) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        input is Sequence sequence ? sequence.OuterWrapper ? sequence[0] : Sequence.End(sequence, end) : input;
}
