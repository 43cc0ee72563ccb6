using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>The outcomes of calls that changed an item of a table, if the item's own document has no room for them.</summary>
internal sealed class TableCallDocuments(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long an outcome is stored. No activity is repeated after that.</summary>
    private static readonly TimeSpan RetentionTime = TimeSpan.FromDays(30);

    private const string Collection = "table-calls";
    private const int PageSize = 100;

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
        IReadOnlyList<Document> page = [];
        do
        {
            page = await documents.ListAsync(Collection, string.Empty, page.Count == 0 ? null : page[^1].Key, PageSize, cancellationToken);
            foreach (Document document in page)
            {
                if (DateTimeOffset.Parse(((JsonString)((JsonObject)document.Value)["at"]!).Value, CultureInfo.InvariantCulture) < before)
                {
                    await documents.DeleteAsync(Collection, document.Key, document.Version, cancellationToken);
                }
            }
        }
        while (page.Count == PageSize);
    }

    private static string Name(string call) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call)));
}
