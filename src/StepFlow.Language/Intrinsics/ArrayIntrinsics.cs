namespace StepFlow.Language.Intrinsics;

/// <summary>The functions of arrays.</summary>
internal static class ArrayIntrinsics
{
    /// <summary><c>States.Array(…)</c>: the arguments as an array.</summary>
    public static IntrinsicResult Array(ReadOnlySpan<JsonValue> arguments, FunctionContext context) => JsonArray.Create(arguments);

    /// <summary><c>States.ArrayPartition(array, size)</c>: chunks of at most that size; the last may be shorter.</summary>
    public static IntrinsicResult ArrayPartition(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonArray items)
        {
            return IntrinsicErrors.Kind(1, "an array");
        }

        if (!MathIntrinsics.TryRound(arguments[1], out long size) || size < 1)
        {
            return IntrinsicErrors.ChunkSize;
        }

        int step = (int)Math.Min(size, int.MaxValue);
        var chunks = new JsonValue[(items.Count / step) + (items.Count % step == 0 ? 0 : 1)];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = JsonArray.Create(items.AsSpan().Slice(i * step, Math.Min(step, items.Count - (i * step))));
        }

        return JsonArray.Adopt(chunks);
    }

    /// <summary><c>States.ArrayContains(array, value)</c>.</summary>
    public static IntrinsicResult ArrayContains(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is JsonArray items
            ? (JsonValue)items.AsSpan().Contains(arguments[1])
            : (IntrinsicResult)IntrinsicErrors.Kind(1, "an array");

    /// <summary><c>States.ArrayRange(first, last, step)</c>: the integers from the first to the last, both included.</summary>
    public static IntrinsicResult ArrayRange(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (!MathIntrinsics.TryRound(arguments[0], out long first) || !MathIntrinsics.TryRound(arguments[1], out long last) || !MathIntrinsics.TryRound(arguments[2], out long step))
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

        int limit = context.Limits.ArrayRangeItems ?? IntrinsicFunctions.MaxItems;
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

    /// <summary><c>States.ArrayGetItem(array, index)</c>, from 0.</summary>
    public static IntrinsicResult ArrayGetItem(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is not JsonArray items ? IntrinsicErrors.Kind(1, "an array")
        : !MathIntrinsics.TryRound(arguments[1], out long index) ? IntrinsicErrors.Kind(2, "an integer")
        : index >= 0 && index < items.Count ? items[(int)index] : (IntrinsicResult)IntrinsicErrors.IndexOutOfRange;

    /// <summary><c>States.ArrayLength(array)</c>.</summary>
    public static IntrinsicResult ArrayLength(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is JsonArray items ? JsonNumber.Create(items.Count) : (IntrinsicResult)IntrinsicErrors.Kind(1, "an array");

    /// <summary><c>States.ArrayUnique(array)</c>: each value once, in the order of the first occurrences.</summary>
    public static IntrinsicResult ArrayUnique(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is JsonArray items ? JsonArray.Adopt([.. items.Distinct()]) : (IntrinsicResult)IntrinsicErrors.Kind(1, "an array");
}
