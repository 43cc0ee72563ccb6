namespace StepFlow.Execution;

/// <summary>A snapshot cannot be restored. Says why; nothing was changed.</summary>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);
