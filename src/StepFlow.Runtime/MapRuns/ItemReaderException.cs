namespace StepFlow.Runtime.MapRuns;

/// <summary>What an ItemReader points to cannot be read as items.</summary>
internal sealed class ItemReaderException(string message) : MapItemsException(MapRunErrors.ReaderFailed(message));
