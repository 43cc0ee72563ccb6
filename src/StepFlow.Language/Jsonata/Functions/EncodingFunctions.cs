using System.Buffers;
using System.Text;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>Base64 and URL encoding, as JavaScript does them.</summary>
internal static class EncodingFunctions
{
    private const string Reserved = ";/?:@&=+$,#";
    private const string UnreservedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedCharacters);
    private static readonly SearchValues<char> UrlCharacters = SearchValues.Create(UnreservedCharacters + Reserved);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly NativeFunction[] All =
    [
        new("base64encode", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Convert.ToBase64String(Encoding.Latin1.GetBytes(text))) : null, steps: 6),
        new("base64decode", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(DecodeBase64(text)) : null, steps: 6),
        new("encodeUrlComponent", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Encode(text, Unreserved, "encodeUrlComponent")) : null, steps: 6),
        new("encodeUrl", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Encode(text, UrlCharacters, "encodeUrl")) : null, steps: 6),
        new("decodeUrlComponent", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Decode(text, keepReserved: false, "decodeUrlComponent")) : null, steps: 6),
        new("decodeUrl", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Decode(text, keepReserved: true, "decodeUrl")) : null, steps: 6),
    ];

    private static JsonataException Malformed(string text, string function) =>
        new("D3140") { Value = new JsonString(text), FunctionName = function };

    private static string DecodeBase64(string text)
    {
        // Lenient: white space and foreign characters are skipped, the URL alphabet counts too, padding ends it.
        var bytes = new List<byte>(text.Length * 3 / 4);
        int bits = 0;
        int buffer = 0;
        foreach (char c in text)
        {
            int value = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a' + 26,
                >= '0' and <= '9' => c - '0' + 52,
                '+' or '-' => 62,
                '/' or '_' => 63,
                _ => -1,
            };
            if (c == '=')
            {
                break;
            }

            if (value < 0)
            {
                continue;
            }

            buffer = ((buffer << 6) | value) & 0xFFFF;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return Encoding.Latin1.GetString([.. bytes]);
    }

    private static string Encode(string text, SearchValues<char> unescaped, string function)
    {
        if (!text.AsSpan().ContainsAnyExcept(unescaped))
        {
            return text;
        }

        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Malformed(text, function);
        }

        var result = new StringBuilder(text.Length * 2);
        foreach (byte b in bytes)
        {
            if (b < 0x80 && unescaped.Contains((char)b))
            {
                result.Append((char)b);
            }
            else
            {
                result.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return result.ToString();
    }

    private static string Decode(string text, bool keepReserved, string function)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }

            int start = i;
            int length = 1;
            for (int n = 0; n < length; n++, i += 3)
            {
                if (i + 2 >= text.Length || text[i] != '%' || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    throw Malformed(text, function);
                }

                bytes[n] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
                length = n > 0 ? length : bytes[0] switch { < 0x80 => 1, < 0xC0 => 5, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 5 };
                if (length > 4)
                {
                    throw Malformed(text, function);
                }
            }

            i--;
            if (length == 1 && keepReserved && Reserved.Contains((char)bytes[0], StringComparison.Ordinal))
            {
                result.Append(text, start, 3);
                continue;
            }

            try
            {
                result.Append(Strict.GetString(bytes[..length]));
            }
            catch (DecoderFallbackException)
            {
                throw Malformed(text, function);
            }
        }

        return result.ToString();
    }
}
