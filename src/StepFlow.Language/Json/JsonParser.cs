using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>Reads JSON texts into <see cref="JsonValue"/> trees.</summary>
public static class JsonParser
{
    /// <summary>The maximum depth of arrays and objects. The parser of Step Functions has the same limit.</summary>
    public const int MaxDepth = 1000;

    internal static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    internal static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        using var stack = new JsonParserStack();
        try
        {
            reader.Read();
            JsonValue value = Read(ref reader, stack);
            reader.Read();
            return value;
        }
        catch (JsonException e) when (e.LineNumber is null)
        {
            throw At(utf8, in reader, e.Message, e);
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(Reason(e), (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e);
        }
        catch (InvalidOperationException e)
        {
            // The string has an invalid escape, or bytes that are not valid UTF-8.
            throw At(utf8, in reader, "The string is not valid Unicode text.", e);
        }
    }

    /// <summary>Reads the value that begins at the reader's token. Afterwards the reader is at the last token of the value.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonValue Read(ref Utf8JsonReader reader)
    {
        using var stack = new JsonParserStack();
        return Read(ref reader, stack);
    }

    private static JsonValue Read(ref Utf8JsonReader reader, JsonParserStack stack) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, stack),
        JsonTokenType.StartArray => ReadArray(ref reader, stack),
        JsonTokenType.String => ReadString(ref reader),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => JsonValue.True,
        JsonTokenType.False => JsonValue.False,
        _ => JsonValue.Null,
    };

    private static JsonObject ReadObject(ref Utf8JsonReader reader, JsonParserStack stack)
    {
        int start = stack.Members;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = ReadName(ref reader);
            reader.Read();
            stack.Push(name, Read(ref reader, stack));
        }

        return stack.PopObject(start);
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader, JsonParserStack stack)
    {
        int start = stack.Items;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            stack.Push(Read(ref reader, stack));
        }

        return stack.PopArray(start);
    }

    private static string ReadName(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? reader.GetString()! : JsonNames.Get(reader.ValueSpan) ?? reader.GetString()!;

    private static JsonString ReadString(ref Utf8JsonReader reader) =>
        reader.ValueSpan.IsEmpty ? JsonString.Empty : new JsonString(reader.GetString()!);

    private static JsonNumber ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long integer))
        {
            return JsonNumber.Create(integer);
        }

        string text = Encoding.ASCII.GetString(reader.ValueSpan);
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? JsonNumber.FromText(text, value) : throw new JsonException($"The number {text} is too large.");
    }

    private static string Reason(JsonException e)
    {
        // The reader adds the position to its message. Our message has it already.
        int at = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? e.Message : e.Message[..at];
    }

    private static JsonFormatException At(ReadOnlySpan<byte> utf8, in Utf8JsonReader reader, string reason, Exception inner)
    {
        ReadOnlySpan<byte> before = utf8[..(int)reader.TokenStartIndex];
        return new(reason, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), inner);
    }
}
