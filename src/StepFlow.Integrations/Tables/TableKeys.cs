using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>The attributes that a table, or an index of it, is searched by.</summary>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="SortKey">The sort key; null for none.</param>
internal sealed record TableKeys(string PartitionKey, string? SortKey)
{
    /// <summary>The attributes.</summary>
    public IEnumerable<string> Attributes => SortKey is null ? [PartitionKey] : [PartitionKey, SortKey];

    /// <summary>Whether an item has them.</summary>
    public bool AreIn(JsonObject item) => Attributes.All(attribute => AttributeValue.KeyPart(item[attribute]) is not null);
}
