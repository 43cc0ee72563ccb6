namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The effective boolean value ($boolean).</summary>
internal static class Truth
{
    public static bool Of(Evaluator evaluator, JsonValue? value)
    {
        switch (value)
        {
            case null or JsonNull:
                return false;
            case JsonBoolean boolean:
                return boolean.Value;
            case JsonString text:
                return text.Value.Length > 0;
            case JsonNumber number:
                double d = number.ToDouble();
                return Numbers.IsNumeric(number) && d != 0;
            case JsonArray array:
                return OfItems(evaluator, array.AsSpan());
            case Sequence sequence:
                return OfItems(evaluator, sequence.AsSpan());
            case JsonObject members:
                return members.Count > 0;
            default:
                return false;
        }
    }

    private static bool OfItems(Evaluator evaluator, ReadOnlySpan<JsonValue?> items)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (JsonValue? item in items)
        {
            evaluator.Charge(1);
            if (Of(evaluator, item))
            {
                return true;
            }
        }

        return false;
    }
}
