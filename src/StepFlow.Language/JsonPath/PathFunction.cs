using StepFlow.Language.Json;

namespace StepFlow.Language.JsonPath;

/// <summary>A function at the end of a path, as Jayway has them: <c>$.list.length()</c>.</summary>
internal sealed class PathFunction
{
    private static readonly PathFunction[] All =
    [
        new("length", Length),
        new("size", Length),
        new("keys", Keys),
        new("first", value => value is JsonArray { Count: > 0 } items ? items[0] : null),
        new("last", value => value is JsonArray { Count: > 0 } items ? items[^1] : null),
        new("min", value => Aggregate(value, (numbers, _) => numbers.Min)),
        new("max", value => Aggregate(value, (numbers, _) => numbers.Max)),
        new("sum", value => Aggregate(value, (numbers, _) => numbers.Sum)),
        new("avg", value => Aggregate(value, (numbers, _) => numbers.Mean)),
        new("stddev", value => Aggregate(value, (numbers, items) => numbers.Deviation(items))),
    ];

    private readonly string _name;
    private readonly Func<JsonValue, JsonValue?> _apply;

    private PathFunction(string name, Func<JsonValue, JsonValue?> apply)
    {
        _name = name;
        _apply = apply;
    }

    public static PathFunction? Find(string name) => Array.Find(All, function => function._name == name);

    /// <summary>The function's value; null where it has none for this argument.</summary>
    public JsonValue? Apply(JsonValue value) => _apply(value);

    private static JsonNumber? Length(JsonValue value) => value switch
    {
        JsonArray items => JsonNumber.Create(items.Count),
        JsonObject members => JsonNumber.Create(members.Count),
        JsonString text => JsonNumber.Create(text.Value.Length),
        _ => null,
    };

    private static JsonArray? Keys(JsonValue value)
    {
        if (value is not JsonObject members)
        {
            return null;
        }

        var names = new JsonValue[members.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = members.AsSpan()[i].Key;
        }

        return JsonArray.Adopt(names);
    }

    private static JsonNumber? Aggregate(JsonValue value, Func<Numbers, JsonArray, double> pick)
    {
        if (value is not JsonArray items || Numbers.Of(items) is not { } numbers)
        {
            return null;
        }

        double result = pick(numbers, items);
        return double.IsFinite(result) ? JsonNumber.Create(result) : null;
    }

    /// <summary>The sums over the numbers of an array; what is no number does not count.</summary>
    private readonly record struct Numbers(int Count, double Sum, double Min, double Max)
    {
        public double Mean => Sum / Count;

        public static Numbers? Of(JsonArray items)
        {
            int count = 0;
            double sum = 0;
            double min = double.PositiveInfinity;
            double max = double.NegativeInfinity;
            foreach (JsonValue item in items.AsSpan())
            {
                if (item is JsonNumber number)
                {
                    count++;
                    sum += number.ToDouble();
                    min = Math.Min(min, number.ToDouble());
                    max = Math.Max(max, number.ToDouble());
                }
            }

            return count == 0 ? null : new(count, sum, min, max);
        }

        public double Deviation(JsonArray items)
        {
            double squares = 0;
            foreach (JsonValue item in items.AsSpan())
            {
                if (item is JsonNumber number)
                {
                    squares += (number.ToDouble() - Mean) * (number.ToDouble() - Mean);
                }
            }

            return Math.Sqrt(squares / Count);
        }
    }
}
