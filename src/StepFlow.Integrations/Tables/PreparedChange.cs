namespace StepFlow.Integrations.Tables;

/// <summary>A change of one item whose arguments are right.</summary>
/// <param name="Key">The item's key.</param>
/// <param name="Change">Works out the change from the item as it is; null where there is none.</param>
internal sealed record PreparedChange(TableKey Key, Func<JsonObject?, ItemChange> Change);
