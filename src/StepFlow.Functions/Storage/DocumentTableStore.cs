using System.Runtime.CompilerServices;
using System.Text;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Tables as documents, for an app that has no Cosmos DB: on one machine with the storage emulator. A document is named by
/// its item's key and holds the item as DynamoDB writes it, and the call that wrote it.
/// </summary>
internal sealed class DocumentTableStore(IDocumentStore documents) : ITableStore
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public async Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        await documents.FindAsync(Collection(table), Name(key), cancellationToken) is { } found ? Read(found) : null;

    /// <inheritdoc/>
    public async Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken) =>
        await documents.WriteAsync(
            Collection(table), Name(key), JsonObject.Create(("writtenBy", writtenBy), ("item", item)), expectedVersion, cancellationToken) is not null;

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken) =>
        documents.DeleteAsync(Collection(table), Name(key), expectedVersion, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = partition is null ? string.Empty : Part(partition) + "/";
        string? after = null;
        IReadOnlyList<Document> page;
        do
        {
            page = await documents.ListAsync(Collection(table), prefix, after, PageSize, cancellationToken);
            foreach (Document document in page)
            {
                after = document.Key;
                yield return Read(document);
            }
        }
        while (page.Count == PageSize);
    }

    private static string Collection(string table) => "table-" + Part(table);

    private static string Name(TableKey key) => Part(key.Partition) + "/" + Part(key.Sort);

    /// <summary>A key may hold anything, a blob's name may not. A sort key may be empty, a part of a name may not.</summary>
    private static string Part(string text) => "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static StoredItem Read(Document document)
    {
        var value = (JsonObject)document.Value;
        return new((JsonObject)value["item"]!, document.Version, ((JsonString)value["writtenBy"]!).Value);
    }
}
