using System.Globalization;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Items of JSON and JSON Lines files.</summary>
internal static class JsonItems
{
    /// <summary>The value of a JSON file that holds the items: the whole, or what <c>ItemsPointer</c> (RFC 6901) names in it.</summary>
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> bytes, string? pointer)
    {
        JsonValue value;
        try
        {
            value = JsonValue.Parse(bytes);
        }
        catch (JsonFormatException exception)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.Malformed("JSON", exception.Message));
        }

        if (pointer is not null)
        {
            JsonValue? found = Resolve(value, pointer);
            if (found is null)
            {
                return MapRunErrors.ReaderFailed($"The ItemsPointer '{pointer}' matches nothing in the file.");
            }

            value = found;
        }

        return value is JsonArray or JsonObject ? value : MapRunErrors.ReaderFailed(MapRunErrors.NotIterable);
    }

    /// <summary>The values of a JSON Lines file, one a line; empty lines are skipped.</summary>
    public static Outcome<IReadOnlyList<JsonValue>> ReadLines(ReadOnlySpan<byte> bytes, long most)
    {
        var items = new List<JsonValue>();
        int line = 0;
        while (!bytes.IsEmpty && items.Count < most)
        {
            line++;
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? bytes : bytes[..end]).Trim(" \t\r"u8);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (text.IsEmpty)
            {
                continue;
            }

            try
            {
                items.Add(JsonValue.Parse(text));
            }
            catch (JsonFormatException exception)
            {
                return MapRunErrors.ReaderFailed(MapRunErrors.Malformed("JSONL", $"line {line}: {exception.Message}"));
            }
        }

        return items;
    }

    private static JsonValue? Resolve(JsonValue value, string pointer)
    {
        JsonValue? current = value;
        foreach (string part in pointer.Split('/').Skip(1))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            current = current switch
            {
                JsonObject members => members[name],
                JsonArray array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < array.Count => array[index],
                _ => null,
            };
        }

        return current;
    }
}
