namespace StepFlow.Integrations.Tables;

/// <summary>A change of one item with valid arguments.</summary>
/// <param name="Key">The item's key.</param>
/// <param name="Change">Computes the change from the current item, which is null if it does not exist.</param>
internal sealed record PreparedChange(TableKey Key, Func<JsonObject?, ItemChange> Change);
