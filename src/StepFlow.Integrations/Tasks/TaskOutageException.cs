namespace StepFlow.Integrations.Tasks;

/// <summary>What a task, or the service itself, calls cannot answer now. For clients whose own exceptions <see cref="Outages"/> does not know.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The client's exception.</param>
public class TaskOutageException(string message, Exception? inner = null) : Exception(message, inner);
