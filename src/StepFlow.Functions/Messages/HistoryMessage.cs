namespace StepFlow.Functions.Messages;

/// <summary>The request to the activity <c>AppendHistory</c> to store history.</summary>
public sealed record HistoryMessage(string ExecutionArn, HistoryChunk Chunk)
{
    /// <summary>More of it, which follows.</summary>
    public IReadOnlyList<HistoryChunk> Further { get; init; } = [];
}
