namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.StringToJson(text)</c>. A blank text gives null.</summary>
internal sealed class StringToJsonFunction() : IntrinsicFunction("StringToJson", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return JsonValue.Null;
        }

        return JsonValue.ParseOrNull(text) is { } value ? value : (IntrinsicResult)IntrinsicErrors.NotJson;
    }
}
