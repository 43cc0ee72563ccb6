namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$map, $filter, $single, $reduce, $sift, $each, $sort: functions that call functions.</summary>
internal static class HigherOrderFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("map", "<af>", 2, Map),
        new("filter", "<af>", 2, Filter),
        new("single", "<af?>", 2, Single),
        new("reduce", "<afj?:j>", 3, Reduce),
        new("sift", "<o-f?:o>", 2, Sift),
        new("each", "<o-f:a>", 2, Each),
        new("sort", "<af?:a>", 2, Sort, steps: 8),
    ];

    /// <summary>Calls a function with as many of the arguments as it takes.</summary>
    private static JsonValue? Call(Evaluator evaluator, JsonataFunction function, JsonValue? value, JsonValue key, JsonValue? whole)
    {
        int arity = function.Arity;
        evaluator.Charge(1);
        return arity >= 3 ? evaluator.Apply(function, [value, key, whole], JsonValue.Null)
            : arity == 2 ? evaluator.Apply(function, [value, key], JsonValue.Null)
            : evaluator.Apply(function, [value], JsonValue.Null);
    }

    private static Sequence? Map(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        var function = (JsonataFunction)arguments[1]!;
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        var results = new Sequence(evaluator);
        for (int i = 0; i < items.Length; i++)
        {
            JsonValue? result = Call(evaluator, function, items[i], i, arguments[0]);
            if (result is not null)
            {
                results.Add(result);
            }
        }

        return results;
    }

    private static Sequence? Filter(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        var function = (JsonataFunction)arguments[1]!;
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        var results = new Sequence(evaluator);
        for (int i = 0; i < items.Length; i++)
        {
            if (Truth.Of(evaluator, Call(evaluator, function, items[i], i, arguments[0])))
            {
                results.Add(items[i]);
            }
        }

        return results;
    }

    private static JsonValue? Single(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        var function = arguments[1] as JsonataFunction;
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        JsonValue? found = null;
        for (int i = 0; i < items.Length; i++)
        {
            if (function is not null && !Truth.Of(evaluator, Call(evaluator, function, items[i], i, arguments[0])))
            {
                continue;
            }

            found = found is null ? items[i] : throw new JsonataException("D3138") { Index = i };
        }

        return found ?? throw new JsonataException("D3139");
    }

    private static JsonValue? Reduce(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        var function = (JsonataFunction)arguments[1]!;
        int arity = function.Arity;
        if (arity < 2)
        {
            throw new JsonataException("D3050") { Index = 1 };
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        JsonValue? result = arguments[2];
        int start = 0;
        if (result is null && items.Length > 0)
        {
            result = items[0];
            start = 1;
        }

        for (int i = start; i < items.Length; i++)
        {
            evaluator.Charge(1);
            result = arity >= 4 ? evaluator.Apply(function, [result, items[i], i, arguments[0]], JsonValue.Null)
                : arity == 3 ? evaluator.Apply(function, [result, items[i], i], JsonValue.Null)
                : evaluator.Apply(function, [result, items[i]], JsonValue.Null);
        }

        return result;
    }

    private static JsonObject? Sift(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonObject members)
        {
            return null;
        }

        var function = arguments[1] as JsonataFunction;
        var matches = new List<KeyValuePair<string, JsonValue>>();
        foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
        {
            bool passes = function is null
                ? Truth.Of(evaluator, member.Value)
                : Truth.Of(evaluator, Call(evaluator, function, member.Value, new JsonString(member.Key), members));
            if (passes)
            {
                evaluator.Reserve(Evaluator.MemberBytes);
                matches.Add(member);
            }
        }

        return matches.Count == 0 ? null : JsonObject.Adopt([.. matches]);
    }

    private static Sequence Each(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        var results = new Sequence(evaluator);
        if (arguments[0] is JsonObject members)
        {
            var function = (JsonataFunction)arguments[1]!;
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                JsonValue? result = Call(evaluator, function, member.Value, new JsonString(member.Key), members);
                if (result is not null)
                {
                    results.Add(result);
                }
            }
        }

        return results;
    }

    private static JsonValue? Sort(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length <= 1)
        {
            return arguments[0];
        }

        evaluator.Reserve(2L * Evaluator.ReferenceBytes * items.Length);
        JsonValue?[] sorted = items.ToArray();
        if (arguments[1] is JsonataFunction comparator)
        {
            MergeSort.Sort(sorted, (a, b) =>
            {
                evaluator.Charge(1);
                return IsTruthy(evaluator, evaluator.Apply(comparator, [a, b], JsonValue.Null));
            });
        }
        else
        {
            SortByValue(evaluator, sorted);
        }

        return Items.ToArray(evaluator, sorted);
    }

    private static void SortByValue(Evaluator evaluator, JsonValue?[] items)
    {
        if (!Array.TrueForAll(items, Numbers.IsNumeric) && !Array.TrueForAll(items, i => i is JsonString))
        {
            throw new JsonataException("D3070") { Index = 1 };
        }

        evaluator.Charge(items.Length * (long)(Math.Log2(items.Length) + 1) / 4);
        if (items[0] is JsonNumber)
        {
            MergeSort.Sort(items, (a, b) => ((JsonNumber)a!).CompareTo((JsonNumber)b!) > 0);
        }
        else
        {
            MergeSort.Sort(items, (a, b) => Compare(evaluator, ((JsonString)a!).Value, ((JsonString)b!).Value) > 0);
        }
    }

    private static int Compare(Evaluator evaluator, string left, string right)
    {
        evaluator.ChargeScan(Math.Min(left.Length, right.Length));
        return string.CompareOrdinal(left, right);
    }

    /// <summary>What JavaScript takes for true: unlike $boolean, arrays and objects always are.</summary>
    private static bool IsTruthy(Evaluator evaluator, JsonValue? value) => value is JsonArray or Sequence or JsonObject or JsonataFunction || Truth.Of(evaluator, value);
}
