namespace StepFlow.Runtime.MapRuns;

/// <summary>An object store rejected a request. Repeating it would not help. The message is for the author of the definition.</summary>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
