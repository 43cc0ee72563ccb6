using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>The attributes that a table, or an index of it, is searched by.</summary>
internal sealed record TableKeys(string PartitionKey, string? SortKey)
{
    public IEnumerable<string> Attributes => SortKey is null ? [PartitionKey] : [PartitionKey, SortKey];

    /// <summary>Whether an item has them.</summary>
    public bool AreIn(JsonObject item) => Attributes.All(attribute => AttributeValue.KeyPart(item[attribute]) is not null);
}
