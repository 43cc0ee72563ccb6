namespace StepFlow.Functions.Messages;

/// <summary>Asks the activity <c>AppendHistory</c> to store history.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="Chunk">The history.</param>
public sealed record HistoryMessage(string ExecutionArn, HistoryChunk Chunk);
