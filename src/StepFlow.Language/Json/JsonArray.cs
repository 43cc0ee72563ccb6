using System.Collections;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>A JSON array.</summary>
public sealed class JsonArray : JsonValue, IReadOnlyList<JsonValue>
{
    /// <summary>The empty array.</summary>
    public static readonly JsonArray Empty = new([]);

    private readonly DeferredContent? _content;
    private JsonValue[]? _loaded;
    private long _utf8Length;
    private int _depth;

    private JsonArray(JsonValue[] items) => _loaded = items;

    internal JsonArray(DeferredContent content)
    {
        _content = content;
        _utf8Length = content.Reference.Utf8Length;
        _depth = content.Reference.Depth;
    }

    public override JsonKind Kind => JsonKind.Array;

    public int Count => Items.Length;

    public override long Utf8Length => _utf8Length != 0 ? _utf8Length : _utf8Length = Measure();

    public override int Depth => _depth != 0 ? _depth : _depth = MeasureDepth();

    public override DeferredContent? Deferred => _content;

    private JsonValue[] Items => _loaded ??= ((JsonArray)_content!.Load()).Items;

    public JsonValue this[int index] => Items[index];

    /// <summary>An array of copies of the references given.</summary>
    public static JsonArray Create(params ReadOnlySpan<JsonValue> items) => items.IsEmpty ? Empty : new(items.ToArray());

    /// <summary>An array of the values given.</summary>
    public static JsonArray From(IEnumerable<JsonValue> items)
    {
        JsonValue[] copy = [.. items];
        return copy.Length == 0 ? Empty : new(copy);
    }

    /// <summary>An array with <paramref name="items"/> as its own storage. The caller must not change it afterwards.</summary>
    public static JsonArray Adopt(JsonValue[] items) => items.Length == 0 ? Empty : new(items);

    /// <summary>The items, without copying.</summary>
    public ReadOnlySpan<JsonValue> AsSpan() => Items;

    /// <summary>A copy with one item replaced.</summary>
    public JsonArray With(int index, JsonValue value)
    {
        var copy = (JsonValue[])Items.Clone();
        copy[index] = value;
        return new(copy);
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (JsonValue item in Items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    public override bool Equals(JsonValue? other) =>
        ReferenceEquals(this, other) || (other is JsonArray array && Items.AsSpan().SequenceEqual(array.Items));

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (JsonValue item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<JsonValue> GetEnumerator() => ((IEnumerable<JsonValue>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    private long Measure()
    {
        long length = 2 + Math.Max(0, Items.Length - 1);
        foreach (JsonValue item in Items)
        {
            length = Math.Min(length + item.Utf8Length, LongestText);
        }

        return length;
    }

    private int MeasureDepth()
    {
        int deepest = 0;
        foreach (JsonValue item in Items)
        {
            deepest = Math.Max(deepest, item.Depth);
        }

        return deepest + 1;
    }
}
