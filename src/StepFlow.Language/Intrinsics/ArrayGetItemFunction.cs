namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayGetItem(array, index)</c>, from 0.</summary>
internal sealed class ArrayGetItemFunction() : IntrinsicFunction("ArrayGetItem", 2, 2)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonArray items)
        {
            return IntrinsicErrors.Kind(1, "an array");
        }

        if (!TryRound(arguments[1], out long index))
        {
            return IntrinsicErrors.Kind(2, "an integer");
        }

        return index >= 0 && index < items.Count ? items[(int)index] : (IntrinsicResult)IntrinsicErrors.IndexOutOfRange;
    }
}
