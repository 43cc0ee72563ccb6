namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.ArrayLength(array)</c>.</summary>
internal sealed class ArrayLengthFunction() : IntrinsicFunction("ArrayLength", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is JsonArray items ? JsonNumber.Create(items.Count) : (IntrinsicResult)IntrinsicErrors.Kind(1, "an array");
}
