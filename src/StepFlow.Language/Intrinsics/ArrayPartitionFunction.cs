namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayPartition(array, size)</c>: chunks of at most that size; the last may be shorter.</summary>
internal sealed class ArrayPartitionFunction() : IntrinsicFunction("ArrayPartition", 2, 2)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonArray items)
        {
            return IntrinsicErrors.Kind(1, "an array");
        }

        if (!TryRound(arguments[1], out long size) || size < 1)
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
}
