using StepFlow.Language.Jsonata.Syntax;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The parent operator, <c>%</c>. Its label is final only when the whole expression has been processed.</summary>
internal sealed class ParentNode(AncestrySlot slot, SequenceEnd end, int position) : Node(position)
{
    private readonly string _label = slot.Label;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        Sequence.End(frame.FindLabel(_label), end);
}
