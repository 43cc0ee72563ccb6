namespace StepFlow.Runtime.Ports;

/// <summary>Data of the host is damaged, so the same query will fail again.</summary>
/// <param name="message">The damaged data, and what to do.</param>
/// <param name="inner">The failure; null for none.</param>
public class HostDataException(string message, Exception? inner) : Exception(message, inner);
