using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.Tasks;

/// <summary>The notes of tasks, as documents of the host. Each new note removes a few old ones, so that their number stays small.</summary>
/// <param name="documents">The host's documents.</param>
public sealed class DocumentTaskNotes(IDocumentStore documents, TimeProvider time) : ITaskNotes
{
    private const string Collection = "task-notes";
    private const int Cleaned = 3;
    private const int PrefixLength = 3;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    public async Task<JsonValue?> FindAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        await documents.FindAsync(Collection, Key(idempotencyKey), cancellationToken) is { Value: JsonObject stored } ? stored["note"] : null;

    public async Task StoreAsync(string idempotencyKey, JsonValue note, CancellationToken cancellationToken)
    {
        string key = Key(idempotencyKey);
        JsonObject stored = JsonObject.Create(("time", time.GetUtcNow().ToUnixTimeMilliseconds()), ("note", note));
        string? version;
        do
        {
            version = await documents.WriteAsync(Collection, key, stored, (await documents.FindAsync(Collection, key, cancellationToken))?.Version, cancellationToken);
        }
        while (version is null);

        long oldest = (time.GetUtcNow() - Retention).ToUnixTimeMilliseconds();
        foreach (Document one in await documents.ListAsync(Collection, key[..PrefixLength], null, Cleaned, cancellationToken))
        {
            if (one.Value is JsonObject document && document["time"] is JsonNumber number && number.TryGetInt64(out long written) && written < oldest)
            {
                await documents.DeleteAsync(Collection, one.Key, one.Version, cancellationToken);
            }
        }
    }

    // Hashes are distributed evenly. So the notes next to a new one are random ones, and over time all notes are checked.
    private static string Key(string idempotencyKey) => TextHash.Of(idempotencyKey);
}
