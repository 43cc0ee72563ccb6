namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayUnique(array)</c>: each value once, in the order of the first occurrences.</summary>
internal sealed class ArrayUniqueFunction() : IntrinsicFunction("ArrayUnique", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonArray items)
        {
            return IntrinsicErrors.Kind(1, "an array");
        }

        var seen = new HashSet<JsonValue>(items.Count);
        var unique = new List<JsonValue>(items.Count);
        foreach (JsonValue item in items.AsSpan())
        {
            if (seen.Add(item))
            {
                unique.Add(item);
            }
        }

        return JsonArray.Adopt([.. unique]);
    }
}
