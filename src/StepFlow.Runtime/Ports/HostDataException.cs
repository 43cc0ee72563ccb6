namespace StepFlow.Runtime.Ports;

/// <summary>What the host keeps is damaged, so that the same question fails again.</summary>
/// <param name="message">What is damaged and what to do.</param>
/// <param name="inner">The failure; null for none.</param>
public class HostDataException(string message, Exception? inner) : Exception(message, inner);
