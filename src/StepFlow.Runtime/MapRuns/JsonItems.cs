using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// The items of a JSON file: the elements or members of the whole, or of the value at <c>ItemsPointer</c> (RFC 6901).
/// The file is read in parts, so only one item at a time is in memory as text. A reading can begin with every element
/// of an array.
/// </summary>
/// <param name="pointer">The pointer; null for the whole file.</param>
/// <param name="source">Where the file is.</param>
/// <param name="items">Takes the items.</param>
/// <param name="maxMemberBytes">Bytes that items may have in all where they are the members of an object: those are held until the last one is read.</param>
internal sealed class JsonItems(string? pointer, string source, ItemSink items, long maxMemberBytes)
{
    private const int FirstBuffer = 64 * 1024;

    private readonly string[] _path = [.. (pointer ?? string.Empty).Split('/').Skip(1)
        .Select(static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    private readonly OrderedDictionary<string, (JsonValue Value, long Bytes)> _members = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new() { MaxDepth = JsonParser.MaxDepth });
    private readonly StringBuilder _containers = new();
    private Stage _stage = Stage.Value;
    private Stage _afterSkip;
    private int _skipDepth;
    private int _step;
    private int _element;
    private string? _member;
    private long _memberBytes;
    private RecordStart _began;
    private RecordStart _counted;
    private int _countedInText;

    private bool IsFull => items.IsFull || items.Remaining <= _members.Count;

    /// <summary>Where in the file the reader is.</summary>
    private enum Stage
    {
        /// <summary>Before the value that the pointer's parts so far name.</summary>
        Value,

        /// <summary>Inside an object on the path of the pointer.</summary>
        Object,

        /// <summary>Inside an array on the path of the pointer.</summary>
        Array,

        /// <summary>Before a value that is of no interest.</summary>
        Other,

        /// <summary>In an array or object that is of no interest.</summary>
        Skip,

        /// <summary>Among the elements that are the items.</summary>
        Items,

        /// <summary>Among the members that are the items.</summary>
        Members,

        /// <summary>Behind the items.</summary>
        Tail,
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">The file from the sink's record on.</param>
    /// <exception cref="ItemReaderException">It is not JSON, or holds no items where the pointer leads.</exception>
    public async Task ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        if (items.File.Containers is { } containers)
        {
            Enter(containers);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            int filled = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            bool last = filled < buffer.Length;
            int start = _counted.Offset == 0 && buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8) ? 3 : 0;
            _counted = _counted with { Offset = _counted.Offset + start };
            while (true)
            {
                int rest = start + Take(buffer.AsSpan(start, filled - start), last);
                start = 0;
                if (last || IsFull)
                {
                    PassMembers();
                    return;
                }

                await items.FlushAsync(cancellationToken);

                filled -= rest;
                buffer.AsSpan(rest, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                int read = await content.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, cancellationToken);
                filled += read;
                last = filled < buffer.Length;
            }
        }
        catch (JsonException exception)
        {
            int at = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            string reason = at < 0 ? exception.Message : exception.Message[..at];
            long line = _began.Line + (exception.LineNumber ?? 0);
            long column = (exception.LineNumber == 0 ? _began.Column : 0) + (exception.BytePositionInLine ?? 0);
            throw new ItemReaderException(MapRunErrors.Malformed("JSON", $"line {line + 1}, column {column + 1}: {reason}"));
        }
        catch (JsonFormatException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("JSON", exception.Message));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length > ItemSink.MaxBytesOfOne)
        {
            throw new ItemReaderException(MapRunErrors.TooLargeItem);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>Reads complete tokens. Returns the number of bytes that it has read.</summary>
    private int Take(ReadOnlySpan<byte> text, bool last)
    {
        var reader = new Utf8JsonReader(text, last, _state);
        Utf8JsonReader before = reader;
        while (!IsFull && reader.Read())
        {
            if (!Step(ref reader, text))
            {
                reader = before;
                break;
            }

            before = reader;
        }

        _state = reader.CurrentState;
        Count(text, (int)reader.BytesConsumed);
        _countedInText = 0;
        return (int)reader.BytesConsumed;
    }

    /// <summary>Counts the bytes and line breaks of the file up to a byte of the text.</summary>
    private RecordStart Count(ReadOnlySpan<byte> text, int until)
    {
        ReadOnlySpan<byte> more = text[_countedInText..until];
        int lastBreak = more.LastIndexOf((byte)'\n');
        _countedInText = until;
        return _counted = new(
            _counted.Offset + more.Length,
            _counted.Line + more.Count((byte)'\n'),
            lastBreak < 0 ? _counted.Column + more.Length : more.Length - 1 - lastBreak);
    }

    /// <summary>Reads a token. False if an item is not complete yet.</summary>
    private bool Step(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        switch (_stage)
        {
            case Stage.Value:
                Enter(reader.TokenType);
                return true;
            case Stage.Object when reader.TokenType == JsonTokenType.PropertyName:
                bool isNext = reader.ValueTextEquals(_path[_step]);
                _step += isNext ? 1 : 0;
                (_stage, _afterSkip) = (isNext ? Stage.Value : Stage.Other, Stage.Object);
                return true;
            case Stage.Array when reader.TokenType != JsonTokenType.EndArray && IsElement(_path[_step], _element++):
                _step++;
                Enter(reader.TokenType);
                return true;
            case Stage.Array when reader.TokenType != JsonTokenType.EndArray:
                Pass(ref reader, Stage.Array);
                return true;
            case Stage.Object or Stage.Array:
                throw NoMatch();
            case Stage.Other:
                Pass(ref reader, _afterSkip);
                return true;
            case Stage.Skip:
                _stage = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject && reader.CurrentDepth == _skipDepth ? _afterSkip : Stage.Skip;
                return true;
            case Stage.Members when reader.TokenType == JsonTokenType.PropertyName:
                _member = Name(ref reader);
                return true;
            case Stage.Items or Stage.Members when reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject):
                return Add(ref reader, text);
            default:
                _stage = Stage.Tail;
                return true;
        }
    }

    /// <summary>Continues among the elements. The JSON reader gets the arrays and objects that contain them, so it can read to the end of the file.</summary>
    private void Enter(string containers)
    {
        byte[] before = Encoding.UTF8.GetBytes(containers.Replace("{", "{\"\":", StringComparison.Ordinal));
        var reader = new Utf8JsonReader(before, isFinalBlock: false, _state);
        while (reader.Read())
        {
        }

        _state = reader.CurrentState;
        _stage = Stage.Items;
        _step = _path.Length;
        _counted = items.Record;
        _began = _counted with { Column = _counted.Column - before.Length };
    }

    private void Enter(JsonTokenType token)
    {
        bool isTarget = _step == _path.Length;
        _containers.Append(token == JsonTokenType.StartArray ? '[' : '{');
        _element = 0;
        _stage = token switch
        {
            JsonTokenType.StartArray => isTarget ? Stage.Items : Stage.Array,
            JsonTokenType.StartObject => isTarget ? Stage.Members : Stage.Object,
            _ => throw (isTarget ? new ItemReaderException(MapRunErrors.NotIterable) : NoMatch()),
        };
    }

    private void Pass(ref Utf8JsonReader reader, Stage after)
    {
        bool isNested = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        (_stage, _afterSkip, _skipDepth) = (isNested ? Stage.Skip : after, after, reader.CurrentDepth);
    }

    private bool Add(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        int start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        ReadOnlySpan<byte> item = text[start..(int)reader.BytesConsumed];
        JsonValue value = JsonValue.Parse(item);
        if (_member is { } name)
        {
            // If two members have the same name, the later value is used, in the position of the first. So all members are read before one is passed on.
            long bytes = item.Length + name.Length;
            _memberBytes += Math.Max(bytes, ItemSink.BytesOfOne);
            if (_memberBytes > maxMemberBytes)
            {
                throw new ItemReaderException(MapRunErrors.TooManyBytes(_members.Count, maxMemberBytes));
            }

            _members[name] = (value, bytes);
        }
        else
        {
            Begin(Count(text, start));
            items.Add(null, value, source, item.Length);
        }

        return true;
    }

    private void Begin(RecordStart element)
    {
        if (items.File.Containers is null)
        {
            items.Begin(items.File with { Containers = _containers.ToString() }, element);
        }
        else
        {
            items.Begin(element);
        }
    }

    private void PassMembers()
    {
        foreach ((string name, (JsonValue value, long bytes)) in _members)
        {
            items.Add(name, value, source, bytes);
        }

        _members.Clear();
    }

    private ItemReaderException NoMatch() => new(MapRunErrors.NoItemsAt(pointer!));

    private static bool IsElement(string part, int index) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) && wanted == index;

    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Then the reader rejects a name that is not UTF-8.
            throw new ItemReaderException(MapRunErrors.Malformed("JSON", "A name in it is not UTF-8."));
        }
    }
}
