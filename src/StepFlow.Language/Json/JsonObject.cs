using System.Collections;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>A JSON object; members keep the order in which they were written.</summary>
public sealed class JsonObject : JsonValue, IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    /// <summary>The empty object.</summary>
    public static readonly JsonObject Empty = new([]);

    /// <summary>Up to this many members a linear search beats a dictionary, counting what building one costs.</summary>
    private const int LinearSearchLimit = 16;

    private readonly DeferredContent? _content;
    private KeyValuePair<string, JsonValue>[]? _loaded;
    private Dictionary<string, int>? _index;
    private bool _wasSearched;
    private long _utf8Length;
    private int _depth;

    private JsonObject(KeyValuePair<string, JsonValue>[] members) => _loaded = members;

    internal JsonObject(DeferredContent content)
    {
        _content = content;
        _utf8Length = content.Reference.Utf8Length;
        _depth = content.Reference.Depth;
    }

    public override JsonKind Kind => JsonKind.Object;

    public int Count => Members.Length;

    public override long Utf8Length => _utf8Length != 0 ? _utf8Length : _utf8Length = Measure();

    public override int Depth => _depth != 0 ? _depth : _depth = MeasureDepth();

    public override DeferredContent? Deferred => _content;

    private KeyValuePair<string, JsonValue>[] Members => _loaded ??= ((JsonObject)_content!.Load()).Members;

    /// <summary>The value of a member; null if it is missing.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            int at = IndexOf(name);
            return at < 0 ? null : Members[at].Value;
        }
    }

    /// <summary>An object with the given members. If a name is repeated, the last value is used, at the position of the first.</summary>
    public static JsonObject Create(params ReadOnlySpan<(string Name, JsonValue Value)> members)
    {
        var builder = new JsonObjectBuilder(members.Length);
        foreach ((string name, JsonValue value) in members)
        {
            builder.Set(name, value);
        }

        return builder.Build();
    }

    /// <summary>The members, without copying.</summary>
    public ReadOnlySpan<KeyValuePair<string, JsonValue>> AsSpan() => Members;

    /// <summary>Whether the object has the member.</summary>
    public bool ContainsKey(string name) => IndexOf(name) >= 0;

    /// <summary>A copy with one member set: at its position if it exists, otherwise at the end.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        int at = IndexOf(name);
        KeyValuePair<string, JsonValue>[] copy;
        if (at >= 0)
        {
            copy = (KeyValuePair<string, JsonValue>[])Members.Clone();
        }
        else
        {
            at = Members.Length;
            copy = new KeyValuePair<string, JsonValue>[at + 1];
            Members.CopyTo(copy, 0);
        }

        copy[at] = new(name, value);
        return new(copy);
    }

    /// <summary>A copy without a member, or this object if it does not have the member.</summary>
    public JsonObject Without(string name)
    {
        int at = IndexOf(name);
        if (at < 0)
        {
            return this;
        }

        var copy = new KeyValuePair<string, JsonValue>[Members.Length - 1];
        Members.AsSpan(0, at).CopyTo(copy);
        Members.AsSpan(at + 1).CopyTo(copy.AsSpan(at));
        return copy.Length == 0 ? Empty : new(copy);
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            writer.WritePropertyName(member.Key);
            member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    public override bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is not JsonObject candidate || candidate.Count != Count)
        {
            return false;
        }

        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            if (candidate[member.Key] is not { } value || !member.Value.Equals(value))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode()
    {
        int hash = Count;
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            // Order does not count, so neither may it in the hash.
            hash ^= HashCode.Combine(member.Key, member.Value);
        }

        return hash;
    }

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, JsonValue>>)Members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Members.GetEnumerator();

    internal static JsonObject Adopt(KeyValuePair<string, JsonValue>[] members) => members.Length == 0 ? Empty : new(members);

    /// <param name="utf8Length">Its <see cref="Utf8Length"/>: <see cref="MeasureNames"/> and those of its values.</param>
    internal static JsonObject Adopt(KeyValuePair<string, JsonValue>[] members, long utf8Length) => new(members) { _utf8Length = utf8Length };

    /// <summary>The length of an object's text without its values.</summary>
    internal static long MeasureNames(IReadOnlyCollection<string> names) => MeasureBraces(names.Count) + names.Sum(MeasureName);

    /// <summary>An empty object that is not <see cref="Empty"/>, for code that distinguishes values by reference.</summary>
    internal static JsonObject CreateDistinct() => new([]);

    /// <summary>Finds a member in consecutive objects of the same shape. It first looks at the position in the last object.</summary>
    internal JsonValue? Find(string name, ref int position)
    {
        KeyValuePair<string, JsonValue>[] members = Members;
        if ((uint)position < (uint)members.Length && string.Equals(members[position].Key, name, StringComparison.Ordinal))
        {
            return members[position].Value;
        }

        int at = IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        position = at;
        return members[at].Value;
    }

    private int IndexOf(string name)
    {
        // A large object that is searched once is searched faster than indexed.
        KeyValuePair<string, JsonValue>[] members = Members;
        if (members.Length <= LinearSearchLimit || !_wasSearched)
        {
            _wasSearched = true;
            for (int i = 0; i < members.Length; i++)
            {
                if (string.Equals(members[i].Key, name, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }

        // Two threads may build the index at the same time. Both results are correct.
        Dictionary<string, int> index = _index ??= BuildIndex();
        return index.TryGetValue(name, out int at) ? at : -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(Members.Length, StringComparer.Ordinal);
        for (int i = 0; i < Members.Length; i++)
        {
            index[Members[i].Key] = i;
        }

        return index;
    }

    // A comma follows each member but the last.
    private static long MeasureBraces(int count) => count == 0 ? 2 : 1;

    // With its colon and its comma.
    private static long MeasureName(string name) => JsonTextEncoder.QuotedLength(name) + 2;

    private long Measure()
    {
        long length = MeasureBraces(Members.Length);
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            length = Math.Min(length + MeasureName(member.Key) + member.Value.Utf8Length, LongestText);
        }

        return length;
    }

    private int MeasureDepth()
    {
        int deepest = 0;
        foreach (KeyValuePair<string, JsonValue> member in Members)
        {
            deepest = Math.Max(deepest, member.Value.Depth);
        }

        return deepest + 1;
    }
}
