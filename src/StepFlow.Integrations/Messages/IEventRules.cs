namespace StepFlow.Integrations.Messages;

/// <summary>The rules of event buses: what starts because of an event.</summary>
public interface IEventRules
{
    /// <summary>Whether a bus has rules.</summary>
    /// <param name="bus">The bus' name.</param>
    bool HasRules(string bus);

    /// <summary>Starts what the rules of a bus say about an event. Repeating it with the same <c>id</c> starts nothing twice.</summary>
    /// <param name="bus">The bus' name.</param>
    /// <param name="occurrence">The event, in the form of EventBridge.</param>
    /// <exception cref="Tasks.TaskOutageException">The service is not available for now.</exception>
    Task ApplyAsync(string bus, JsonObject occurrence, CancellationToken cancellationToken);
}
