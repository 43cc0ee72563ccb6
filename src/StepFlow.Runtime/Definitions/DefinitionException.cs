namespace StepFlow.Runtime.Definitions;

/// <summary>The definition of a start is not valid. The service validates definitions before, so this is an error of the calling code.</summary>
public sealed class DefinitionException(string message) : Exception(message);
