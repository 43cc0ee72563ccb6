using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Tasks;

/// <summary>The notes of tasks, as documents of the host. Each new note takes a few old ones away, so that they do not pile up.</summary>
/// <param name="documents">The host's documents.</param>
/// <param name="time">The clock.</param>
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

    // Hashes are spread evenly, so that the notes beside a new one are any part of all, and in time all of them are looked at.
    private static string Key(string idempotencyKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)));
}
