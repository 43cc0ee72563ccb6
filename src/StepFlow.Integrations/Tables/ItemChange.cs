namespace StepFlow.Integrations.Tables;

/// <summary>The change of an item by a call, and the call's outcome.</summary>
public sealed record ItemChange
{
    private ItemChange(ItemChangeKind kind, JsonObject? item, JsonObject outcome) =>
        (Kind, Item, Outcome) = (kind, item, outcome);

    public ItemChangeKind Kind { get; }

    /// <summary>The item to write; null where none is written.</summary>
    public JsonObject? Item { get; }

    /// <summary>The outcome to store and to return.</summary>
    public JsonObject Outcome { get; }

    /// <summary>Leaves the item as it is.</summary>
    public static ItemChange None(JsonObject outcome) => new(ItemChangeKind.None, null, outcome);

    /// <summary>Writes the item, and replaces an existing one.</summary>
    public static ItemChange Put(JsonObject item, JsonObject outcome) => new(ItemChangeKind.Put, item, outcome);

    /// <summary>Deletes the item.</summary>
    public static ItemChange Delete(JsonObject outcome) => new(ItemChangeKind.Delete, null, outcome);
}

/// <summary>The kinds of changes.</summary>
public enum ItemChangeKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Writes the item.</summary>
    Put,

    /// <summary>Deletes the item.</summary>
    Delete,
}
