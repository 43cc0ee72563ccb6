namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The elements of an array, or of a value that counts as one.</summary>
internal static class Items
{
    public static bool IsArray(JsonValue? value) => value is JsonArray or Sequence;

    /// <summary>The elements of an array or sequence; none for anything else.</summary>
    public static ReadOnlySpan<JsonValue?> Of(JsonValue? value)
    {
        if (value is JsonArray array)
        {
            return array.AsSpan();
        }

        return value is Sequence sequence ? sequence.AsSpan() : [];
    }

    /// <summary>An array of values that were collected, with no sequence left in it.</summary>
    public static JsonArray ToArray(Evaluator evaluator, ReadOnlySpan<JsonValue?> values)
    {
        evaluator.Constructed++;
        if (values.Length > evaluator.MaxItems)
        {
            throw Evaluator.TooLarge();
        }

        evaluator.Reserve(Evaluator.ContainerBytes + (Evaluator.ReferenceBytes * (long)values.Length));
        var items = new JsonValue[values.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Store(evaluator, values[i]) ?? JsonValue.Null;
        }

        return JsonArray.Adopt(items);
    }

    /// <summary>A value as it is stored in an array or object: sequences are frozen, functions are noted.</summary>
    public static JsonValue? Store(Evaluator evaluator, JsonValue? value)
    {
        switch (value)
        {
            case JsonString or JsonNumber or JsonObject or JsonArray:
                return value;
            case EngineValue:
                evaluator.HoldsUnplain |= value is JsonataFunction;
                return Sequence.Plain(value);
            default:
                return value;
        }
    }
}
