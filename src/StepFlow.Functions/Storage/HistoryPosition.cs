namespace StepFlow.Functions.Storage;

/// <summary>How far a reader has read a stored history.</summary>
/// <param name="Offset">The bytes of the blob before the first one that is still needed.</param>
/// <param name="NextEventId">The id of the next event.</param>
internal readonly record struct HistoryPosition(long Offset, long NextEventId)
{
    /// <summary>Nothing is read.</summary>
    public static HistoryPosition Start => new(0, 1);
}
