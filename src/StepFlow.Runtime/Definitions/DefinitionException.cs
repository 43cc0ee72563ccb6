namespace StepFlow.Runtime.Definitions;

/// <summary>A start names a definition that is not valid. The service checks definitions before, so this tells of a caller's mistake.</summary>
public sealed class DefinitionException(string message) : Exception(message);
