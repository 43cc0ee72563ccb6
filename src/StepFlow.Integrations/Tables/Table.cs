using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>A configured table: finds the keys in items.</summary>
internal sealed class Table(string name, TableOptions options)
{
    public string Name => name;

    public string PartitionKey { get; } = options.PartitionKey!;

    public string? SortKey { get; } = options.SortKey;

    /// <summary>The key in a whole item; null where it is missing or of a type that cannot be one.</summary>
    public TableKey? KeyOf(JsonObject item)
    {
        string? partition = AttributeValue.KeyPart(item[PartitionKey]);
        string? sort = SortKey is null ? string.Empty : AttributeValue.KeyPart(item[SortKey]);
        return partition is null || sort is null ? null : new TableKey(partition, sort);
    }

    /// <summary>The key in a call's Key, which must have exactly the key attributes.</summary>
    public TableKey? ExactKeyOf(JsonObject key) => key.Count == (SortKey is null ? 1 : 2) ? KeyOf(key) : null;

    /// <summary>The keys of a secondary index; null where the table has none of that name.</summary>
    public TableKeys? Index(string name) => options.Indexes.TryGetValue(name, out TableIndexOptions? index) ? new(index.PartitionKey!, index.SortKey) : null;

    /// <summary>The keys of the table itself.</summary>
    public TableKeys Keys { get; } = new(options.PartitionKey!, options.SortKey);

    /// <summary>Whether an attribute is part of the key.</summary>
    public bool IsKey(string attribute) => attribute == PartitionKey || attribute == SortKey;
}
