namespace StepFlow.Integrations.Tables;

/// <summary>What a call does with several items, and how it answers.</summary>
/// <param name="Changes">What it does with each item, in their order.</param>
/// <param name="Outcome">The outcome to keep and to answer with.</param>
public sealed record ItemChanges(IReadOnlyList<ItemChange> Changes, JsonObject Outcome)
{
    /// <summary>Leaves all items as they are.</summary>
    /// <param name="count">How many there are.</param>
    public static ItemChanges None(int count, JsonObject outcome) => new([.. Enumerable.Repeat(ItemChange.None(outcome), count)], outcome);
}
