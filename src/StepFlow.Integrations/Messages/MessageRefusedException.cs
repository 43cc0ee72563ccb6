namespace StepFlow.Integrations.Messages;

/// <summary>A destination cannot take the message: it is too large, or holds characters that the destination does not carry.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class MessageRefusedException(string message) : Exception(message);
