namespace StepFlow.Runtime.MapRuns;

/// <summary>An object store refuses a request: repeating it would not help. The message is for whoever wrote the definition.</summary>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
