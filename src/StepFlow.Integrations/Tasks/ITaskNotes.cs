namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Stores the data that a repetition of a call needs, by the call's idempotency key. On a durable host the notes are durable.
/// </summary>
public interface ITaskNotes
{
    /// <summary>The note of a call; null if there is none.</summary>
    Task<JsonValue?> FindAsync(string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Stores a note, and replaces an earlier one. When it returns, the note is durable. It is stored for at least 30 days.</summary>
    Task StoreAsync(string idempotencyKey, JsonValue note, CancellationToken cancellationToken);
}
