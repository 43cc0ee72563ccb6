using System.Collections.Concurrent;

namespace StepFlow.Integrations.Tasks;

/// <summary>Notes in memory, for executions in memory.</summary>
internal sealed class MemoryTaskNotes : ITaskNotes
{
    private readonly ConcurrentDictionary<string, JsonValue> _notes = new(StringComparer.Ordinal);

    public Task<JsonValue?> FindAsync(string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult(_notes.GetValueOrDefault(idempotencyKey));

    public Task StoreAsync(string idempotencyKey, JsonValue note, CancellationToken cancellationToken)
    {
        _notes[idempotencyKey] = note;
        return Task.CompletedTask;
    }
}
