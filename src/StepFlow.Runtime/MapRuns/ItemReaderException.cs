namespace StepFlow.Runtime.MapRuns;

/// <summary>The object of an ItemReader cannot be read as items.</summary>
internal sealed class ItemReaderException(string message) : MapItemsException(MapRunErrors.ReaderFailed(message));
