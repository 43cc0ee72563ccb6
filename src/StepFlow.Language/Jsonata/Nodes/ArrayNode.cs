namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The array constructor. It flattens values that are arrays, except those that are array constructors themselves.</summary>
/// <param name="items">The expressions.</param>
/// <param name="whole">Which of them are array constructors themselves.</param>
/// <param name="constructed">Whether the array stays one element of the path it is a step of.</param>
internal sealed class ArrayNode(Node[] items, bool[] whole, bool constructed, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = constructed ? Collect(evaluator, input, frame) : Plain(evaluator, input, frame);
        evaluator.Leave();
        return result;
    }

    private JsonValue? Plain(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        if (items.Length == 1 && !whole[0])
        {
            // One expression whose value is an array already: [1..n], [a.b.c].
            JsonValue? only = items[0].Evaluate(evaluator, input, frame);
            return only switch
            {
                null => JsonArray.Empty,
                JsonArray => only,
                Sequence { OuterWrapper: false } sequence => Freeze(evaluator, sequence),
                _ => Items.ToArray(evaluator, [only]),
            };
        }

        return Items.ToArray(evaluator, Collect(evaluator, input, frame).AsSpan());
    }

    private static JsonArray Freeze(Evaluator evaluator, Sequence sequence)
    {
        foreach (JsonValue? item in sequence.AsSpan())
        {
            evaluator.HoldsUnplain |= item is JsonataFunction;
        }

        return sequence.Freeze();
    }

    private Sequence Collect(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        var result = new Sequence(evaluator) { IsSequence = false, Constructed = constructed };
        result.EnsureCapacity(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            JsonValue? value = items[i].Evaluate(evaluator, input, frame);
            if (value is null)
            {
                continue;
            }

            if (!whole[i] && Items.IsArray(value))
            {
                ReadOnlySpan<JsonValue?> elements = Items.Of(value);
                evaluator.Charge(elements.Length / 8);
                result.AddRange(elements);
            }
            else
            {
                result.Add(Items.Store(evaluator, value));
            }
        }

        return result;
    }
}
