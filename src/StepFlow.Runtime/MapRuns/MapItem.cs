namespace StepFlow.Runtime.MapRuns;

/// <summary>One item of a Map Run, as it was read.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Key">Its key, where the items are the members of an object; else null.</param>
/// <param name="Source">Its source: <c>STATE_DATA</c>, or the address of the file.</param>
internal sealed record MapItem(int Index, string? Key, JsonValue Value, string Source)
{
    /// <summary>The source of items that come with the state's input.</summary>
    public const string StateData = "STATE_DATA";

    /// <summary>The position before it.</summary>
    public ItemPosition Position { get; init; } = ItemPosition.Start;

    /// <summary>The input of an iteration without an ItemSelector.</summary>
    public JsonValue ToInput() => Key is null ? Value : JsonObject.Create(("Key", Key), ("Value", Value));

    /// <summary>The <c>Map</c> member of the context object.</summary>
    public JsonObject ToContext()
    {
        JsonObjectBuilder item = new JsonObjectBuilder().Set("Index", Index);
        if (Key is not null)
        {
            item.Set("Key", Key);
        }

        item.Set("Value", Value).Set("Source", Source);
        return JsonObject.Create(("Item", item.Build()));
    }

    /// <summary>The items of an array or an object; null where the value is neither.</summary>
    public static List<MapItem>? From(JsonValue items, string source)
    {
        var list = new List<MapItem>();
        switch (items)
        {
            case JsonArray array:
                foreach (JsonValue value in array.AsSpan())
                {
                    list.Add(new(list.Count, null, value, source) { Position = PositionOf(list.Count) });
                }

                return list;
            case JsonObject members:
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    list.Add(new(list.Count, member.Key, member.Value, source) { Position = PositionOf(list.Count) });
                }

                return list;
            default:
                return null;
        }
    }

    private static ItemPosition PositionOf(int index) => new() { Item = index, Record = new(index) };
}
