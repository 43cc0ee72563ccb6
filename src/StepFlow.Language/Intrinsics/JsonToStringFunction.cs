using StepFlow.Language.Json;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.JsonToString(value)</c>: the compact text of a value.</summary>
internal sealed class JsonToStringFunction() : IntrinsicFunction("JsonToString", 1, 1)
{
    public override FunctionResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context) => new JsonString(arguments[0].ToString());
}
