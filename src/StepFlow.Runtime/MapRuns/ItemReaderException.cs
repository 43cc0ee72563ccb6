namespace StepFlow.Runtime.MapRuns;

/// <summary>Items cannot be read: the file is not what the ItemReader says, or too large. Becomes <c>States.ItemReaderFailed</c>.</summary>
internal sealed class ItemReaderException(string cause) : Exception(cause);
