using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.JsonToString(value)</c>: the compact text of a value.</summary>
internal sealed class JsonToStringFunction() : IntrinsicFunction("JsonToString", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0].Utf8Length > Limits.MaxValueBytes ? IntrinsicErrors.TooLarge : new JsonString(arguments[0].ToString());
}
