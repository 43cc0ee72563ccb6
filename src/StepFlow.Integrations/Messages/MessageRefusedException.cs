namespace StepFlow.Integrations.Messages;

/// <summary>A destination cannot accept the message: it is too large, or contains characters that the destination does not support.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class MessageRefusedException(string message) : Exception(message);
