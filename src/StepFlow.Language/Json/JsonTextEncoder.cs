using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>Escapes only what JSON requires (quotes, backslashes, control characters), as Step Functions does.</summary>
internal sealed class JsonTextEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private const int ShortText = 12;

    private JsonTextEncoder()
    {
    }

    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = new JsonTextEncoder(),
        SkipValidation = true,
        MaxDepth = JsonParser.MaxDepth + 24,
    };

    public static JsonWriterOptions IndentedWriterOptions { get; } = WriterOptions with { Indented = true };

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public static int QuotedLength(string text)
    {
        if (text.Length <= ShortText && IsPlain(text))
        {
            return text.Length + 2;
        }

        int length = Encoding.UTF8.GetByteCount(text) + 2;
        ReadOnlySpan<char> rest = text;
        for (int at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            length += rest[at] is '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' ? 1 : 5;
            rest = rest[(at + 1)..];
        }

        return length;
    }

    /// <summary>Whether a short text is written as it is, in one byte for each character. Most names are.</summary>
    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '\u007f' or '"' or '\\')
            {
                return false;
            }
        }

        return true;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        int escaped = characters.IndexOfAny(Escaped);
        ReadOnlySpan<char> before = escaped < 0 ? characters : characters[..escaped];
        int at = before.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0)
        {
            return escaped;
        }

        for (; at < before.Length; at++)
        {
            if (!char.IsSurrogate(before[at]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(before[at]) || at + 1 >= before.Length || !char.IsLowSurrogate(before[at + 1]))
            {
                // A surrogate without its pair. The writer replaces it.
                return at;
            }

            at++;
        }

        return escaped;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        ReadOnlySpan<char> escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            < ' ' => "\\u" + unicodeScalar.ToString("x4", CultureInfo.InvariantCulture),
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = 0;
        if (!escape.TryCopyTo(target))
        {
            return false;
        }

        numberOfCharactersWritten = escape.Length;
        return true;
    }
}
