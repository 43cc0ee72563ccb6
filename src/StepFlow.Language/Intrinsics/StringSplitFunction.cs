namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.StringSplit(text, delimiters)</c>: the parts between any of the characters; empty parts are left out.</summary>
internal sealed class StringSplitFunction() : IntrinsicFunction("StringSplit", 2, 2)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text } || arguments[1] is not JsonString { Value: var delimiters })
        {
            return IntrinsicErrors.Kind(arguments[0] is JsonString ? 2 : 1, "a string");
        }

        if (delimiters.Length == 0)
        {
            return text.Length == 0 ? JsonArray.Empty : JsonArray.Create(arguments[0]);
        }

        string[] parts = text.Split(delimiters.ToCharArray(), MaxItems + 1, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > MaxItems ? IntrinsicErrors.Limit("The number of items", MaxItems) : JsonArray.Adopt(Array.ConvertAll<string, JsonValue>(parts, part => new JsonString(part)));
    }
}
