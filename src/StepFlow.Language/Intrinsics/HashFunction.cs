using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Intrinsics;

/// <summary><c>States.Hash(data, algorithm)</c>: lower-case hexadecimal. A value that is not a text is hashed as compact JSON.</summary>
[SuppressMessage("Security", "CA5350", Justification = "The language offers SHA-1; it is not used for security.")]
[SuppressMessage("Security", "CA5351", Justification = "The language offers MD5; it is not used for security.")]
internal sealed class HashFunction() : IntrinsicFunction("Hash", 2, 2)
{
    public override IntrinsicResult Invoke(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0].Utf8Length > Limits.MaxValueBytes)
        {
            return IntrinsicErrors.TooLarge;
        }

        string text = arguments[0] is JsonString plain ? plain.Value : arguments[0].ToString();
        if (text.Length > context.Limits.IntrinsicCharacters)
        {
            return IntrinsicErrors.Limit("The number of characters", context.Limits.IntrinsicCharacters.Value);
        }

        byte[] data = Encoding.UTF8.GetBytes(text);
        byte[]? hash = (arguments[1] as JsonString)?.Value switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => null,
        };
        return hash is null ? IntrinsicErrors.UnknownAlgorithm : new JsonString(Convert.ToHexStringLower(hash));
    }
}
