namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The operator <c>in</c>: whether the left is an element of the right. Arrays and objects are never equal here unless they are the same.</summary>
internal sealed class InNode(Node left, Node right, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? l = left.Evaluate(evaluator, input, frame);
        JsonValue? r = right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        if (l is null || r is null)
        {
            return JsonValue.False;
        }

        if (!Items.IsArray(r))
        {
            return Same(evaluator, l, r);
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(r);
        evaluator.Charge(items.Length);
        foreach (JsonValue? item in items)
        {
            if (Same(evaluator, l, item))
            {
                return JsonValue.True;
            }
        }

        return JsonValue.False;
    }

    private static bool Same(Evaluator evaluator, JsonValue left, JsonValue? right) =>
        ReferenceEquals(left, right) || (left is JsonString or JsonNumber && DeepEquality.Equal(evaluator, left, right));
}
