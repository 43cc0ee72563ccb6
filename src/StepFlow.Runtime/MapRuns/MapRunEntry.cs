namespace StepFlow.Runtime.MapRuns;

/// <summary>One child of a Map Run: its input, and its result.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="StateMachineArn">The ARN of the item processor as a machine.</param>
/// <param name="Items">How many items it holds.</param>
public sealed record MapRunEntry(int Index, string Name, string ExecutionArn, string StateMachineArn, JsonValue Input, int Items)
{
    /// <summary>The <c>Map</c> member of its context object; null for a batch.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>The position behind its items, at which a later reading can continue; null for the last child.</summary>
    public ItemPosition? Next { get; set; }

    public DateTimeOffset StartTime { get; set; }

    /// <summary>How it ended; null where it never started.</summary>
    public MapRunChildResult? Result { get; set; }
}
