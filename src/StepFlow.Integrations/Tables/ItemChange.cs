namespace StepFlow.Integrations.Tables;

/// <summary>What a call does with an item, and how it answers.</summary>
public sealed record ItemChange
{
    private ItemChange(ItemChangeKind kind, JsonObject? item, JsonObject outcome)
    {
        Kind = kind;
        Item = item;
        Outcome = outcome;
    }

    /// <summary>What is done.</summary>
    public ItemChangeKind Kind { get; }

    /// <summary>The item to write; null where none is written.</summary>
    public JsonObject? Item { get; }

    /// <summary>The outcome to keep and to answer with.</summary>
    public JsonObject Outcome { get; }

    /// <summary>Leaves the item as it is.</summary>
    public static ItemChange None(JsonObject outcome) => new(ItemChangeKind.None, null, outcome);

    /// <summary>Writes the item, in the place of the one there is.</summary>
    public static ItemChange Put(JsonObject item, JsonObject outcome) => new(ItemChangeKind.Put, item, outcome);

    /// <summary>Deletes the item.</summary>
    public static ItemChange Delete(JsonObject outcome) => new(ItemChangeKind.Delete, null, outcome);
}

/// <summary>What a change does.</summary>
public enum ItemChangeKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Writes the item.</summary>
    Put,

    /// <summary>Deletes the item.</summary>
    Delete,
}
