namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.Array(…)</c>: the arguments as an array.</summary>
internal sealed class ArrayFunction() : IntrinsicFunction("Array", 0, int.MaxValue)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) => JsonArray.Create(arguments);
}
