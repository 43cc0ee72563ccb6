using System.Globalization;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>The outcomes of calls that changed an item of a table, if the item's own document has no room for them.</summary>
internal sealed class TableCallDocuments(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long an outcome is stored. No activity is repeated after that.</summary>
    private static readonly TimeSpan RetentionTime = TimeSpan.FromDays(30);

    private const string Collection = "table-calls";

    /// <summary>A call's outcome; null where it is not here.</summary>
    public async Task<JsonObject?> FindAsync(string call, CancellationToken cancellationToken) =>
        (await documents.FindAsync(Collection, Name(call), cancellationToken))?.Value is JsonObject found ? found["outcome"] as JsonObject : null;

    /// <summary>Keeps an outcome. Repeating it changes nothing.</summary>
    public Task StoreAsync(string call, JsonObject outcome, CancellationToken cancellationToken) => documents.WriteAsync(
        Collection, Name(call), JsonObject.Create(("at", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)), ("outcome", outcome)), null, cancellationToken);

    /// <summary>Removes the outcomes of calls that can no longer be repeated.</summary>
    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - RetentionTime;
        await foreach (Document document in documents.AllAsync(Collection, string.Empty, cancellationToken))
        {
            if (DateTimeOffset.Parse(((JsonObject)document.Value).RequiredText("at"), CultureInfo.InvariantCulture) < before)
            {
                await documents.DeleteAsync(Collection, document.Key, document.Version, cancellationToken);
            }
        }
    }

    private static string Name(string call) => TextHash.Of(call);
}
