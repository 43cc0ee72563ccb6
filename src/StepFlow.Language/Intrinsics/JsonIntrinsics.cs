namespace StepFlow.Language.Intrinsics;

/// <summary>The functions of JSON texts and objects.</summary>
internal static class JsonIntrinsics
{
    /// <summary><c>States.StringToJson(text)</c>. A blank text gives null.</summary>
    public static IntrinsicResult StringToJson(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0] is not JsonString { Value: var text } ? IntrinsicErrors.Kind(1, "a string")
        : string.IsNullOrWhiteSpace(text) ? JsonValue.Null
        : JsonValue.ParseOrNull(text) is { } value ? value : (IntrinsicResult)IntrinsicErrors.NotJson;

    /// <summary><c>States.JsonToString(value)</c>: the compact text of a value.</summary>
    public static IntrinsicResult JsonToString(ReadOnlySpan<JsonValue> arguments, FunctionContext context) =>
        arguments[0].Utf8Length > Limits.MaxValueBytes ? IntrinsicErrors.TooLarge : new JsonString(arguments[0].ToString());

    /// <summary><c>States.JsonMerge(a, b, false)</c>: the members of both objects. If both have a name, the second value is used.</summary>
    public static IntrinsicResult JsonMerge(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonObject first || arguments[1] is not JsonObject second)
        {
            return IntrinsicErrors.Kind(arguments[0] is JsonObject ? 2 : 1, "an object");
        }

        if (arguments[2] is not JsonBoolean { Value: false })
        {
            return IntrinsicErrors.DeepMerge;
        }

        return new JsonObjectBuilder(first.Count + second.Count).SetAll(first.AsSpan()).SetAll(second.AsSpan()).BuildInHashMapOrder();
    }
}
