namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayContains(array, value)</c>.</summary>
internal sealed class ArrayContainsFunction() : IntrinsicFunction("ArrayContains", 2, 2)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is JsonArray items
            ? (JsonValue)items.AsSpan().Contains(arguments[1])
            : (IntrinsicResult)IntrinsicErrors.Kind(1, "an array");
}
