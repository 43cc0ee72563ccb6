using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>Reads JSON texts into <see cref="JsonValue"/> trees.</summary>
public static class JsonParser
{
    /// <summary>How deep arrays and objects may nest. Step Functions' own parser stops at the same depth.</summary>
    public const int MaxDepth = 1000;

    internal static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    internal static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        try
        {
            reader.Read();
            JsonValue value = Read(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(Reason(e), (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e);
        }
        catch (InvalidOperationException e)
        {
            // A string with an escape or bytes that are no Unicode text.
            (long line, long column) = Place(utf8, (int)reader.TokenStartIndex);
            throw new JsonFormatException("The string is not valid Unicode text.", line, column, e);
        }
    }

    /// <summary>Reads the value at whose first token a reader stands, and leaves it at the last.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonValue Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => new JsonString(reader.GetString()!),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => JsonValue.True,
        JsonTokenType.False => JsonValue.False,
        _ => JsonValue.Null,
    };

    private static JsonObject ReadObject(ref Utf8JsonReader reader)
    {
        var builder = new JsonObjectBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            builder.Set(name, Read(ref reader));
        }

        return builder.Build();
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader)
    {
        var items = new List<JsonValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader));
        }

        return JsonArray.Adopt([.. items]);
    }

    private static JsonNumber ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long integer))
        {
            return JsonNumber.Create(integer);
        }

        string text = Encoding.UTF8.GetString(reader.ValueSpan);
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw new JsonException($"The number {text} is too large.", null, null, reader.TokenStartIndex);
        }

        return JsonNumber.FromText(text, value);
    }

    private static string Reason(JsonException e)
    {
        // The reader appends the place to its message; ours states it once.
        int at = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? e.Message : e.Message[..at];
    }

    private static (long Line, long Column) Place(ReadOnlySpan<byte> utf8, int offset)
    {
        ReadOnlySpan<byte> before = utf8[..offset];
        return (before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n'));
    }
}
