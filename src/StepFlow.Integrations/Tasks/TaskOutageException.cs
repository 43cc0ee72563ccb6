namespace StepFlow.Integrations.Tasks;

/// <summary>The service that a task calls, or StepFlow itself, is unavailable. For clients whose own exceptions <see cref="Outages"/> does not recognize.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The client's exception.</param>
public class TaskOutageException(string message, Exception? inner = null) : Exception(message, inner);
