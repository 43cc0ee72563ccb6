using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>Escapes only what JSON demands (quotes, backslashes, control characters), as Step Functions writes its texts.</summary>
internal sealed class JsonTextEncoder : JavaScriptEncoder
{
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
        int length = Encoding.UTF8.GetByteCount(text) + 2;
        foreach (char c in text)
        {
            length += ExtraBytes(c);
        }

        return length;
    }

    /// <summary>How many bytes a character takes beyond its UTF-8 form.</summary>
    private static int ExtraBytes(char c) => c switch
    {
        '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 1,
        < ' ' => 5,
        _ => 0,
    };

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int i = 0; i < textLength; i++)
        {
            char c = text[i];
            if (c is < ' ' or '"' or '\\')
            {
                return i;
            }

            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 >= textLength || !char.IsLowSurrogate(text[i + 1]))
                {
                    // A lone surrogate: the writer replaces it.
                    return i;
                }

                i++;
            }
        }

        return -1;
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
