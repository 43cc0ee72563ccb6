namespace StepFlow.Execution;

/// <summary>A snapshot cannot be restored. The reason; nothing was changed.</summary>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);
