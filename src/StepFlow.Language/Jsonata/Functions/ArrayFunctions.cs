namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$append, $reverse, $shuffle, $distinct, $zip.</summary>
internal static class ArrayFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("append", "<xx:a>", 2, Append),
        new("reverse", "<a:a>", 1, Reverse),
        new("shuffle", "<a:a>", 1, Shuffle),
        new("distinct", "<x:x>", 1, Distinct),
        new("zip", "<a+>", 0, Zip),
    ];

    private static JsonValue? Append(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null || arguments[1] is null)
        {
            return arguments[0] ?? arguments[1];
        }

        var joined = new Sequence(evaluator) { IsSequence = false };
        for (int i = 0; i < 2; i++)
        {
            if (Items.IsArray(arguments[i]))
            {
                ReadOnlySpan<JsonValue?> items = Items.Of(arguments[i]);
                evaluator.Charge(items.Length / 8);
                joined.AddRange(items);
            }
            else
            {
                joined.Add(arguments[i]);
            }
        }

        return Items.ToArray(evaluator, joined.AsSpan());
    }

    private static JsonValue? Reverse(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length <= 1)
        {
            return arguments[0];
        }

        evaluator.Charge(items.Length / 8);
        JsonValue?[] reversed = items.ToArray();
        Array.Reverse(reversed);
        return Items.ToArray(evaluator, reversed);
    }

    private static JsonValue? Shuffle(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length <= 1)
        {
            return arguments[0];
        }

        evaluator.Charge(items.Length);
        var shuffled = new JsonValue?[items.Length];
        for (int i = 0; i < shuffled.Length; i++)
        {
            int j = (int)(evaluator.Entropy.NextDouble() * (i + 1));
            shuffled[i] = shuffled[j];
            shuffled[j] = items[i];
        }

        return Items.ToArray(evaluator, shuffled);
    }

    private static JsonValue? Distinct(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length <= 1)
        {
            return arguments[0];
        }

        evaluator.Charge(2L * items.Length);
        var seen = new HashSet<JsonValue>(new ValueComparer(evaluator));
        var results = new Sequence(evaluator) { IsSequence = arguments[0] is Sequence { IsSequence: true } };
        foreach (JsonValue? item in items)
        {
            if (item is not null && seen.Add(item))
            {
                results.Add(item);
            }
        }

        return results.IsSequence ? results : Items.ToArray(evaluator, results.AsSpan());
    }

    private static JsonArray Zip(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        int length = int.MaxValue;
        foreach (JsonValue? argument in arguments)
        {
            length = Math.Min(length, Items.Of(argument).Length);
        }

        evaluator.Charge(3L * length * arguments.Length);
        var tuples = new JsonValue?[length];
        for (int i = 0; i < length; i++)
        {
            var tuple = new JsonValue?[arguments.Length];
            for (int j = 0; j < tuple.Length; j++)
            {
                tuple[j] = Items.Of(arguments[j])[i];
            }

            tuples[i] = Items.ToArray(evaluator, tuple);
        }

        return Items.ToArray(evaluator, tuples);
    }
}
