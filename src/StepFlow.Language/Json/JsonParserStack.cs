using System.Buffers;

namespace StepFlow.Language.Json;

/// <summary>
/// Holds the members and items that were read until their object or array is complete, so that each is allocated
/// once, at its size.
/// </summary>
internal sealed class JsonParserStack : IDisposable
{
    /// <summary>Up to this many members are compared one with the other; above, a set finds repeated names.</summary>
    private const int PairwiseLimit = 12;

    private KeyValuePair<string, JsonValue>[] _members = [];
    private JsonValue[] _items = [];

    /// <summary>How many members wait.</summary>
    public int Members { get; private set; }

    /// <summary>How many items wait.</summary>
    public int Items { get; private set; }

    public void Push(string name, JsonValue value)
    {
        if (Members == _members.Length)
        {
            Grow(ref _members, Members);
        }

        _members[Members++] = new(name, value);
    }

    public void Push(JsonValue value)
    {
        if (Items == _items.Length)
        {
            Grow(ref _items, Items);
        }

        _items[Items++] = value;
    }

    /// <summary>The array of the items pushed since <paramref name="start"/>.</summary>
    public JsonArray PopArray(int start)
    {
        JsonArray array = JsonArray.Create(_items.AsSpan(start, Items - start));
        Items = start;
        return array;
    }

    /// <summary>The object of the members pushed since <paramref name="start"/>; of a repeated name the last value wins.</summary>
    public JsonObject PopObject(int start)
    {
        ReadOnlySpan<KeyValuePair<string, JsonValue>> members = _members.AsSpan(start, Members - start);
        Members = start;
        return HasRepeatedName(members) ? Merge(members) : JsonObject.Adopt(members.ToArray());
    }

    public void Dispose()
    {
        Return(_members);
        Return(_items);
    }

    private static bool HasRepeatedName(ReadOnlySpan<KeyValuePair<string, JsonValue>> members)
    {
        if (members.Length > PairwiseLimit)
        {
            var names = new HashSet<string>(members.Length, StringComparer.Ordinal);
            foreach (KeyValuePair<string, JsonValue> member in members)
            {
                if (!names.Add(member.Key))
                {
                    return true;
                }
            }

            return false;
        }

        for (int i = 1; i < members.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (string.Equals(members[i].Key, members[j].Key, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static JsonObject Merge(ReadOnlySpan<KeyValuePair<string, JsonValue>> members) => new JsonObjectBuilder(members.Length).SetAll(members).Build();

    private static void Grow<T>(ref T[] array, int used)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(16, used * 2));
        array.AsSpan(0, used).CopyTo(larger);
        Return(array);
        array = larger;
    }

    private static void Return<T>(T[] array)
    {
        if (array.Length > 0)
        {
            // Cleared, so that the pool does not hold references to documents.
            ArrayPool<T>.Shared.Return(array, clearArray: true);
        }
    }
}
