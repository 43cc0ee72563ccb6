namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayRange(first, last, step)</c>: the integers from the first to the last, both included.</summary>
internal sealed class ArrayRangeFunction() : IntrinsicFunction("ArrayRange", 3, 3)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (!TryRound(arguments[0], out long first) || !TryRound(arguments[1], out long last) || !TryRound(arguments[2], out long step))
        {
            return IntrinsicErrors.Kind(1, "a number, as arguments 2 and 3");
        }

        if (step == 0)
        {
            return IntrinsicErrors.DivisionByZeroStep;
        }

        // Int128, because the distance of two 64-bit integers has 65 bits.
        Int128 count = (((Int128)last - first) / step) + 1;
        if (step > 0 ? last < first : last > first)
        {
            count = 0;
        }

        int limit = context.Limits.ArrayRangeItems ?? MaxItems;
        if (count > limit)
        {
            return IntrinsicErrors.Limit("The number of items", limit);
        }

        var items = new JsonValue[(int)count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = JsonNumber.Create(first + (i * step));
        }

        return JsonArray.Adopt(items);
    }
}
