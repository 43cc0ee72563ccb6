namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>An operand that is not a path, with predicates.</summary>
internal sealed class FilterNode(Node operand, Predicate[] predicates, SequenceEnd end, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = operand.Evaluate(evaluator, input, frame);
        foreach (Predicate predicate in predicates)
        {
            result = result is TupleStream stream
                ? predicate.Filter(evaluator, stream, frame)
                : predicate.Filter(evaluator, result, frame);
        }

        evaluator.Leave();
        return Sequence.End(end == SequenceEnd.Keep ? Wrap(evaluator, result) : result, end);
    }

    /// <summary>A single item has no sequence. To stay an array it needs one.</summary>
    private static JsonValue? Wrap(Evaluator evaluator, JsonValue? result) =>
        result is null or TupleStream || Items.IsArray(result) ? result : new Sequence(evaluator, result);
}
