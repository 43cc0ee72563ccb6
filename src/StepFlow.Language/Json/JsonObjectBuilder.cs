using System.Runtime.InteropServices;

namespace StepFlow.Language.Json;

/// <summary>Collects the members of a <see cref="JsonObject"/>. If a name is repeated, the last value is used, at the position of the first.</summary>
public sealed class JsonObjectBuilder
{
    private const int LinearSearchLimit = 16;

    private readonly List<KeyValuePair<string, JsonValue>> _members;
    private Dictionary<string, int>? _index;

    /// <summary>An empty builder.</summary>
    /// <param name="capacity">How many members to make room for.</param>
    public JsonObjectBuilder(int capacity = 4) => _members = new(capacity);

    /// <summary>The number of members so far.</summary>
    public int Count => _members.Count;

    /// <summary>Sets a member.</summary>
    public JsonObjectBuilder Set(string name, JsonValue value)
    {
        int at = IndexOf(name);
        if (at >= 0)
        {
            _members[at] = new(name, value);
        }
        else
        {
            _index?.Add(name, _members.Count);
            _members.Add(new(name, value));
        }

        return this;
    }

    /// <summary>Sets members.</summary>
    public JsonObjectBuilder SetAll(ReadOnlySpan<KeyValuePair<string, JsonValue>> members)
    {
        foreach (KeyValuePair<string, JsonValue> member in members)
        {
            Set(member.Key, member.Value);
        }

        return this;
    }

    /// <summary>Sets a member unless the value is null (absent).</summary>
    public JsonObjectBuilder SetIfPresent(string name, JsonValue? value) => value is null ? this : Set(name, value);

    /// <inheritdoc cref="SetIfPresent(string, JsonValue?)"/>
    public JsonObjectBuilder SetIfPresent(string name, string? text) => text is null ? this : Set(name, text);

    /// <inheritdoc cref="SetIfPresent(string, JsonValue?)"/>
    public JsonObjectBuilder SetIfPresent(string name, long? number) => number is { } value ? Set(name, value) : this;

    /// <summary>The value that was set for a name; null if there is none.</summary>
    public JsonValue? Find(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? null : _members[at].Value;
    }

    public JsonObject Build() => JsonObject.Adopt([.. _members]);

    /// <summary>The object, its members in the order of a Java hash map.</summary>
    public JsonObject BuildInHashMapOrder()
    {
        KeyValuePair<string, JsonValue>[] members = [.. _members];
        HashMapOrder.Sort(Array.ConvertAll(members, member => member.Key), members);
        return JsonObject.Adopt(members);
    }

    private int IndexOf(string name)
    {
        if (_index is null)
        {
            ReadOnlySpan<KeyValuePair<string, JsonValue>> members = CollectionsMarshal.AsSpan(_members);
            for (int i = 0; i < members.Length; i++)
            {
                if (string.Equals(members[i].Key, name, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            if (_members.Count < LinearSearchLimit)
            {
                return -1;
            }

            _index = new(StringComparer.Ordinal);
            for (int i = 0; i < _members.Count; i++)
            {
                _index.Add(_members[i].Key, i);
            }
        }

        return _index.TryGetValue(name, out int at) ? at : -1;
    }
}
