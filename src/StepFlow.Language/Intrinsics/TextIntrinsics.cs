using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Language.Intrinsics;

/// <summary>The functions of texts.</summary>
internal static class TextIntrinsics
{
    /// <summary><c>States.Format(template, …)</c>: replaces each <c>{}</c>. <c>\{ \} \' \\</c> give the character after the backslash.</summary>
    public static IntrinsicResult Format(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var template })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        var text = new StringBuilder(template.Length + (16 * arguments.Length));
        int next = 1;
        int at = 0;
        while (at < template.Length)
        {
            int special = template.AsSpan(at).IndexOfAny('{', '\\');
            if (special < 0)
            {
                text.Append(template, at, template.Length - at);
                break;
            }

            text.Append(template, at, special);
            at += special;
            char following = at + 1 < template.Length ? template[at + 1] : '\0';
            if (template[at] == '\\' && following is ('{' or '}' or '\'' or '\\'))
            {
                text.Append(following);
                at += 2;
            }
            else if (template[at] == '{' && following == '}')
            {
                if (next == arguments.Length)
                {
                    return IntrinsicErrors.PlaceholderCount;
                }

                if (text.Length + arguments[next].Utf8Length > Limits.MaxValueBytes)
                {
                    return IntrinsicErrors.TooLarge;
                }

                JavaText.Append(text, arguments[next++]);
                at += 2;
            }
            else
            {
                text.Append(template[at++]);
            }
        }

        return next == arguments.Length ? new JsonString(text.ToString()) : (IntrinsicResult)IntrinsicErrors.PlaceholderCount;
    }

    /// <summary><c>States.StringSplit(text, delimiters)</c>: the parts between any of the characters; empty parts are left out.</summary>
    public static IntrinsicResult StringSplit(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text } || arguments[1] is not JsonString { Value: var delimiters })
        {
            return IntrinsicErrors.Kind(arguments[0] is JsonString ? 2 : 1, "a string");
        }

        if (delimiters.Length == 0)
        {
            return text.Length == 0 ? JsonArray.Empty : JsonArray.Create(arguments[0]);
        }

        string[] parts = text.Split(delimiters.ToCharArray(), IntrinsicFunctions.MaxItems + 1, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > IntrinsicFunctions.MaxItems ? IntrinsicErrors.Limit("The number of items", IntrinsicFunctions.MaxItems) : JsonArray.Adopt(Array.ConvertAll<string, JsonValue>(parts, part => new JsonString(part)));
    }

    /// <summary><c>States.Base64Encode(text)</c>, by RFC 4648 of the text's UTF-8.</summary>
    public static IntrinsicResult Base64Encode(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
    {
        if (arguments[0] is not JsonString { Value: var text })
        {
            return IntrinsicErrors.Kind(1, "a string");
        }

        return text.Length > context.Limits.IntrinsicCharacters
            ? IntrinsicErrors.Limit("The number of characters", context.Limits.IntrinsicCharacters.Value)
            : new JsonString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary><c>States.Base64Decode(text)</c>: the UTF-8 text that was encoded.</summary>
    public static IntrinsicResult Base64Decode(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
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

    /// <summary><c>States.Hash(data, algorithm)</c>: lower-case hexadecimal. A value that is not a text is hashed as compact JSON.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The language offers SHA-1; it is not used for security.")]
    [SuppressMessage("Security", "CA5351", Justification = "The language offers MD5; it is not used for security.")]
    public static IntrinsicResult Hash(ReadOnlySpan<JsonValue> arguments, FunctionContext context)
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
