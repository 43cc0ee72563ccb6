namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$sum, $count, $max, $min, $average.</summary>
internal static class AggregateFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("sum", "<a<n>:n>", 1, (e, a) => a[0] is null ? null : Sum(e, Items.Of(a[0]))),
        new("count", "<a:n>", 1, (_, a) => Items.Of(a[0]).Length),
        new("max", "<a<n>:n>", 1, (e, a) => Extreme(e, Items.Of(a[0]), largest: true)),
        new("min", "<a<n>:n>", 1, (e, a) => Extreme(e, Items.Of(a[0]), largest: false)),
        new("average", "<a<n>:n>", 1, (e, a) => Average(e, Items.Of(a[0]))),
    ];

    private static JsonNumber Sum(Evaluator evaluator, ReadOnlySpan<JsonValue?> items)
    {
        evaluator.Charge(items.Length / 4);
        long integer = 0;
        for (int i = 0; i < items.Length; i++)
        {
            var number = (JsonNumber)items[i]!;
            if (!number.IsInteger || !TryAdd(ref integer, number))
            {
                return SumDoubles(evaluator, integer, items[i..]);
            }
        }

        return JsonNumber.Create(integer);
    }

    private static bool TryAdd(ref long sum, JsonNumber number)
    {
        number.TryGetInt64(out long value);
        long result = unchecked(sum + value);
        if (((sum ^ result) & (value ^ result)) < 0)
        {
            return false;
        }

        sum = result;
        return true;
    }

    private static JsonNumber SumDoubles(Evaluator evaluator, double sum, ReadOnlySpan<JsonValue?> items)
    {
        foreach (JsonValue? item in items)
        {
            sum += ((JsonNumber)item!).ToDouble();
        }

        return Numbers.Create(evaluator, sum);
    }

    private static JsonNumber? Extreme(Evaluator evaluator, ReadOnlySpan<JsonValue?> items, bool largest)
    {
        evaluator.Charge(items.Length / 4);
        JsonNumber? best = null;
        foreach (JsonValue? item in items)
        {
            var number = (JsonNumber)item!;
            if (best is null || (largest ? number.CompareTo(best) > 0 : number.CompareTo(best) < 0))
            {
                best = number;
            }
        }

        return best;
    }

    private static JsonNumber? Average(Evaluator evaluator, ReadOnlySpan<JsonValue?> items) => items.Length == 0
        ? null
        : Numbers.Divide(evaluator, Sum(evaluator, items), JsonNumber.Create(items.Length));
}
