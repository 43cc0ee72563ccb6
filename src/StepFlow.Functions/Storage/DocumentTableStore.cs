using System.Runtime.CompilerServices;
using System.Text;
using StepFlow.Integrations.Tables;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Tables as documents, for an app without Cosmos DB, such as on one machine with the storage emulator. A document is named by
/// its item's key. It contains the item in the form of DynamoDB, and the outcomes of the last calls that changed it. Older
/// outcomes are moved to their own documents before they are removed from it. So an outcome is always in one of them.
/// </summary>
internal sealed class DocumentTableStore(IDocumentStore documents, TimeProvider time) : ITableStore
{
    private readonly ChangeLoop _loop = new(time);
    private readonly TableCallDocuments _older = new(documents, time);

    public async Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        await documents.FindAsync(Collection(table), Name(key), cancellationToken) is { } found ? ItemDocument.Read(found.Value).Item : null;

    public string? WhyNotTogether(IReadOnlyList<ItemLocation> locations) => locations.Count > 1
        ? "This app stores its tables as blobs, so it changes only one item in a step. To change several items of one partition in a step, use Cosmos DB: add the setting 'StepFlow:Cosmos:Endpoint'."
        : null;

    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken) =>
        _loop.RunAsync(token => TryChangeAsync(Collection(locations[0].Table), Name(locations[0].Key), call.IdempotencyKey, change, token), cancellationToken);

    public async IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = partition is null ? string.Empty : Part(partition) + "/";
        await foreach (Document document in documents.AllAsync(Collection(table), prefix, cancellationToken))
        {
            if (ItemDocument.Read(document.Value).Item is { } item)
            {
                yield return item;
            }
        }
    }

    private async Task<JsonObject?> TryChangeAsync(string collection, string name, string call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        Document? document = await documents.FindAsync(collection, name, cancellationToken);
        ItemDocument existing = document is null ? ItemDocument.Empty : ItemDocument.Read(document.Value);

        // In this order, because an outcome is written to its own document before it is removed from the item's document.
        if (existing.OutcomeOf(call) is { } stored || (stored = await _older.FindAsync(call, cancellationToken)) is not null)
        {
            return stored;
        }

        ItemChanges made = change([existing.Item]);
        ItemDocument next = existing.After(made.Changes[0], call, made.Outcome, out IReadOnlyList<(string Call, JsonObject Outcome)> leaving);
        await StoreAsync(leaving, cancellationToken);
        string? version = await documents.WriteAsync(collection, name, next.ToJson(), document?.Version, cancellationToken);
        if (version is null)
        {
            return null;
        }

        if (next.Item is null)
        {
            // Nothing is left but outcomes. Where this is cut short, the document stays without an item.
            await StoreAsync(next.Calls, cancellationToken);
            await documents.DeleteAsync(collection, name, version, cancellationToken);
        }

        return made.Outcome;
    }

    private async Task StoreAsync(IReadOnlyList<(string Call, JsonObject Outcome)> calls, CancellationToken cancellationToken)
    {
        foreach ((string call, JsonObject outcome) in calls)
        {
            await _older.StoreAsync(call, outcome, cancellationToken);
        }
    }

    private static string Collection(string table) => "table-" + Part(table);

    private static string Name(TableKey key) => Part(key.Partition) + "/" + Part(key.Sort);

    /// <summary>A key may hold anything, a blob's name may not. A sort key may be empty, a part of a name may not.</summary>
    private static string Part(string text) => "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}
