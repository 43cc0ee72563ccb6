namespace StepFlow.Execution.Snapshots;

/// <summary>A snapshot cannot be read. The caller adds which one.</summary>
internal sealed class SnapshotFormatException(string message) : FormatException(message);
