using System.Text;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.Base64Decode(text)</c>: the UTF-8 text that was encoded.</summary>
internal sealed class Base64DecodeFunction() : IntrinsicFunction("Base64Decode", 1, 1)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        if (text.Length > context.Limits.IntrinsicCharacters)
        {
            return IntrinsicErrors.Limit("The number of characters", context.Limits.IntrinsicCharacters.Value);
        }

        byte[] bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? new JsonString(Encoding.UTF8.GetString(bytes, 0, length))
            : (IntrinsicResult)IntrinsicErrors.NotBase64;
    }
}
