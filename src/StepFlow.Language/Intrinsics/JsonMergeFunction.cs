namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.JsonMerge(a, b, false)</c>: the members of both objects. If both have a name, the second value is used.</summary>
internal sealed class JsonMergeFunction() : IntrinsicFunction("JsonMerge", 3, 3)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonObject first || arguments[1] is not JsonObject second)
        {
            return IntrinsicErrors.Kind(arguments[0] is JsonObject ? 2 : 1, "an object");
        }

        if (arguments[2] is not JsonBoolean { Value: false })
        {
            return IntrinsicErrors.DeepMerge;
        }

        var merged = new JsonObjectBuilder(first.Count + second.Count);
        foreach (KeyValuePair<string, JsonValue> member in first.AsSpan())
        {
            merged.Set(member.Key, member.Value);
        }

        foreach (KeyValuePair<string, JsonValue> member in second.AsSpan())
        {
            merged.Set(member.Key, member.Value);
        }

        return merged.BuildInHashMapOrder();
    }
}
