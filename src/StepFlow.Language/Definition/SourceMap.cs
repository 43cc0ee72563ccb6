using System.Text;
using System.Text.Json;

namespace StepFlow.Language.Definition;

/// <summary>The lines and columns of the locations that diagnostics name. It is built only when they are shown.</summary>
public sealed class SourceMap
{
    private readonly Dictionary<string, SourcePosition> _positions;

    /// <summary>Creates a map of known positions, for a text that is not JSON.</summary>
    /// <param name="positions">The positions by location; the empty location is the whole text.</param>
    public SourceMap(Dictionary<string, SourcePosition> positions) => _positions = positions;

    /// <summary>Reads the positions of a text. If the text is not JSON, it has the positions before the error.</summary>
    public static SourceMap Build(string text)
    {
        var map = new SourceMap([]);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, JsonParser.ReaderOptions);
        var cursor = new Cursor(utf8);
        try
        {
            if (reader.Read())
            {
                map.Walk(ref reader, ref cursor, string.Empty);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is not JSON has no positions after the error. The parser reports the error.
        }

        return map;
    }

    /// <summary>The position of a location, or of the nearest location that contains it; null if there is none.</summary>
    public SourcePosition? Find(string? location)
    {
        while (location is not null)
        {
            string key = location == "/" ? string.Empty : location;
            if (_positions.TryGetValue(key, out SourcePosition position))
            {
                return position;
            }

            int at = Math.Max(key.LastIndexOf('/'), key.LastIndexOf('['));
            location = at < 0 ? null : key[..at];
        }

        return null;
    }

    private void Walk(ref Utf8JsonReader reader, ref Cursor cursor, string location)
    {
        // A member is shown at its name, which the caller has noted already.
        _positions.TryAdd(location, cursor.At((int)reader.TokenStartIndex));
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string member = $"{location}/{reader.GetString()}";
                _positions.TryAdd(member, cursor.At((int)reader.TokenStartIndex));
                reader.Read();
                Walk(ref reader, ref cursor, member);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                Walk(ref reader, ref cursor, $"{location}[{i}]");
            }
        }
    }

    /// <summary>Counts lines and columns forward only: tokens come in order.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _offset;
        private int _line = 1;
        private int _column = 1;

        public SourcePosition At(int offset)
        {
            for (; _offset < offset; _offset++)
            {
                byte unit = _utf8[_offset];
                if (unit == (byte)'\n')
                {
                    _line++;
                    _column = 1;
                }
                else if ((unit & 0xC0) != 0x80)
                {
                    // A character of four bytes is two UTF-16 units. Continuation bytes do not count.
                    _column += unit >= 0xF0 ? 2 : 1;
                }
            }

            return new(_line, _column);
        }
    }
}
