namespace StepFlow.Functions.Messages;

/// <summary>Asks the activity <c>AppendHistory</c> to store history.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="Chunk">The history.</param>
public sealed record HistoryMessage(string ExecutionArn, HistoryChunk Chunk)
{
    /// <summary>More of it, which follows.</summary>
    public IReadOnlyList<HistoryChunk> Further { get; init; } = [];
}
