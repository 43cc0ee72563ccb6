namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Keeps, durably where the host is durable, what a repetition of a call must find again: by the call's idempotency key.
/// </summary>
public interface ITaskNotes
{
    /// <summary>The note of a call; null where there is none.</summary>
    Task<JsonValue?> FindAsync(string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Keeps a note in place of an earlier one; when it returns, the note is durable. It is kept for 30 days at least.</summary>
    Task StoreAsync(string idempotencyKey, JsonValue note, CancellationToken cancellationToken);
}
