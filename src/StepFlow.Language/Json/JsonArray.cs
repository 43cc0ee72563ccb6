using System.Collections;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>A JSON array.</summary>
public sealed class JsonArray : JsonValue, IReadOnlyList<JsonValue>
{
    /// <summary>The empty array.</summary>
    public static readonly JsonArray Empty = new([]);

    private readonly JsonValue[] _items;
    private long _utf8Length;
    private int _depth;

    private JsonArray(JsonValue[] items) => _items = items;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Array;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public override long Utf8Length => _utf8Length != 0 ? _utf8Length : _utf8Length = Measure();

    /// <inheritdoc/>
    public override int Depth => _depth != 0 ? _depth : _depth = MeasureDepth();

    /// <inheritdoc/>
    public JsonValue this[int index] => _items[index];

    /// <summary>An array of copies of the references given.</summary>
    public static JsonArray Create(params ReadOnlySpan<JsonValue> items) => items.IsEmpty ? Empty : new(items.ToArray());

    /// <summary>An array of the values given.</summary>
    public static JsonArray From(IEnumerable<JsonValue> items)
    {
        JsonValue[] copy = [.. items];
        return copy.Length == 0 ? Empty : new(copy);
    }

    /// <summary>An array that takes over <paramref name="items"/>: the caller never writes to it again.</summary>
    public static JsonArray Adopt(JsonValue[] items) => items.Length == 0 ? Empty : new(items);

    /// <summary>The items, without copying.</summary>
    public ReadOnlySpan<JsonValue> AsSpan() => _items;

    /// <summary>A copy with one item replaced.</summary>
    public JsonArray With(int index, JsonValue value)
    {
        var copy = (JsonValue[])_items.Clone();
        copy[index] = value;
        return new(copy);
    }

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (JsonValue item in _items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other) =>
        ReferenceEquals(this, other) || (other is JsonArray array && _items.AsSpan().SequenceEqual(array._items));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (JsonValue item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<JsonValue> GetEnumerator() => ((IEnumerable<JsonValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    private long Measure()
    {
        long length = 2 + Math.Max(0, _items.Length - 1);
        foreach (JsonValue item in _items)
        {
            length = Math.Min(length + item.Utf8Length, LongestText);
        }

        return length;
    }

    private int MeasureDepth()
    {
        int deepest = 0;
        foreach (JsonValue item in _items)
        {
            deepest = Math.Max(deepest, item.Depth);
        }

        return deepest + 1;
    }
}
