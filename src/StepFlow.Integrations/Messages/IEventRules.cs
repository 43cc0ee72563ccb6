namespace StepFlow.Integrations.Messages;

/// <summary>The rules of event buses, which start executions for events.</summary>
public interface IEventRules
{
    /// <summary>Whether a bus has rules.</summary>
    /// <param name="bus">The bus' name.</param>
    bool HasRules(string bus);

    /// <summary>Starts the executions of a bus's rules that match an event. A repetition with the same <c>id</c> starts nothing twice.</summary>
    /// <param name="bus">The bus' name.</param>
    /// <param name="occurrence">The event, in the form of EventBridge.</param>
    /// <exception cref="Tasks.TaskOutageException">The service is not available for now.</exception>
    Task ApplyAsync(string bus, JsonObject occurrence, CancellationToken cancellationToken);
}
