namespace StepFlow.Execution.Snapshots;

/// <summary>A snapshot is not what a snapshot is; the reader's caller says which one.</summary>
internal sealed class SnapshotFormatException(string message) : FormatException(message);
