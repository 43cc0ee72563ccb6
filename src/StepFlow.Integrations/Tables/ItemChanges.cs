namespace StepFlow.Integrations.Tables;

/// <summary>The changes of several items by a call, and the call's outcome.</summary>
/// <param name="Changes">The change of each item, in their order.</param>
/// <param name="Outcome">The outcome to store and to return.</param>
public sealed record ItemChanges(IReadOnlyList<ItemChange> Changes, JsonObject Outcome)
{
    /// <summary>Leaves all items as they are.</summary>
    /// <param name="count">How many there are.</param>
    public static ItemChanges None(int count, JsonObject outcome) => new([.. Enumerable.Repeat(ItemChange.None(outcome), count)], outcome);
}
