using System.Text;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.Base64Encode(text)</c>, by RFC 4648 of the text's UTF-8.</summary>
internal sealed class Base64EncodeFunction() : IntrinsicFunction("Base64Encode", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        return text.Length > context.Limits.IntrinsicCharacters
            ? IntrinsicErrors.Limit("The number of characters", context.Limits.IntrinsicCharacters.Value)
            : new JsonString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }
}
