namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A predicate: an index, counted from the end where negative, or a condition for each item.</summary>
/// <param name="condition">The expression between the brackets.</param>
/// <param name="inTuple">Whether it was compiled for a tuple's scope.</param>
internal sealed class Predicate(Node condition, bool inTuple)
{
    private readonly long? _index = condition is ConstantNode { Value: JsonNumber number } ? Floor(number) : null;

    /// <summary>The items that match. A single item that is not an array is returned itself, several as a sequence.</summary>
    public JsonValue Filter(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        if (!Items.IsArray(input))
        {
            bool matches = Matches(evaluator, input, 0, 1, inTuple ? new JsonataFrame(frame, 0) : frame) == 1;

            // Where nothing was to be filtered and the condition holds, nothing is an item: jsonata-js counts it too.
            return !matches ? Sequence.Empty : _index is null ? input ?? new Sequence(evaluator, null) : input ?? Sequence.Empty;
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(input);
        if (_index is { } index)
        {
            index = index < 0 ? items.Length + index : index;
            return (index >= 0 && index < items.Length ? items[(int)index] : null) ?? Sequence.Empty;
        }

        JsonataFrame scope = inTuple ? new JsonataFrame(frame, 0) : frame;
        var results = new Sequence(evaluator);
        evaluator.Charge(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            for (int count = Matches(evaluator, items[i], i, items.Length, scope); count > 0; count--)
            {
                results.Add(items[i]);
            }
        }

        return results;
    }

    public TupleStream Filter(Evaluator evaluator, TupleStream stream, JsonataFrame frame)
    {
        List<Runtime.Tuple> tuples = stream.Tuples;
        var results = new List<Runtime.Tuple>();
        evaluator.Charge(tuples.Count);
        for (int i = 0; i < tuples.Count; i++)
        {
            Runtime.Tuple tuple = tuples[i];
            for (int count = Matches(evaluator, tuple.Context, i, tuples.Count, new JsonataFrame(frame, 0) { Tuple = tuple }); count > 0; count--)
            {
                evaluator.Charge(1);
                evaluator.Reserve(Evaluator.ReferenceBytes);
                results.Add(tuple);
            }
        }

        return new(results);
    }

    private static long Floor(JsonNumber number) =>
        number.TryGetInt64(out long integer) ? integer : (long)Math.Floor(number.ToDouble());

    /// <summary>How often the item is selected: once if the condition is true, and once for each matching index.</summary>
    private int Matches(Evaluator evaluator, JsonValue? item, int at, int count, JsonataFrame frame)
    {
        JsonValue? value = condition.Evaluate(evaluator, item, frame);
        return value switch
        {
            JsonBoolean boolean => boolean.Value ? 1 : 0,
            JsonNumber number when Numbers.IsNumeric(number) => IsAt(number, at, count) ? 1 : 0,
            JsonArray or Sequence when IndexesOf(evaluator, Items.Of(value), at, count) is { } matches => matches,
            _ => Truth.Of(evaluator, value) ? 1 : 0,
        };
    }

    private static bool IsAt(JsonNumber number, int at, int count)
    {
        long index = Floor(number);
        return (index < 0 ? count + index : index) == at;
    }

    private static int? IndexesOf(Evaluator evaluator, ReadOnlySpan<JsonValue?> values, int at, int count)
    {
        evaluator.Charge(values.Length / 8);
        int matches = 0;
        foreach (JsonValue? value in values)
        {
            if (!Numbers.IsNumeric(value))
            {
                return null;
            }

            matches += IsAt((JsonNumber)value!, at, count) ? 1 : 0;
        }

        return matches;
    }
}
