namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A variable of a scope.</summary>
/// <param name="hops">How many frames up.</param>
/// <param name="slot">The index in that frame.</param>
/// <param name="otherwise">The node to evaluate while the variable is not bound; null for a parameter, which is always bound.</param>
/// <param name="end">What becomes of a sequence.</param>
internal sealed class SlotNode(int hops, int slot, Node? otherwise, SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        JsonValue? value = frame.Up(hops)[slot];
        if (value is not EngineValue)
        {
            return value;
        }

        return ReferenceEquals(value, EngineValue.Unbound)
            ? otherwise!.Evaluate(evaluator, input, frame)
            : Sequence.End(value, end);
    }
}
