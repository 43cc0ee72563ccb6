using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Core;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// Tables in Cosmos DB: a container for each table, with the partition key path <c>/pk</c>. A document has the parts of the key and the
/// item in the form of DynamoDB. The outcome of a call that changes an item is a document of the same partition, written in one
/// transaction with the change.
/// </summary>
internal sealed class CosmosTableStore : ITableStore, IDisposable
{
    /// <summary>How long a call's outcome is stored. No activity is repeated after that. The container needs a time to live.</summary>
    private const int OutcomeSeconds = 30 * 24 * 3600;

    /// <summary>Cosmos DB: another operation on the same partition was running (449).</summary>
    private const int RetryWith = 449;

    /// <summary>A transaction has at most 100 operations, and one of them stores the outcome (Cosmos DB, "Transactional batch operations").</summary>
    private const int MaxTogether = 99;

    private readonly CosmosClient _client;
    private readonly string _database;
    private readonly ChangeLoop _loop;

    public CosmosTableStore(CosmosOptions options, TokenCredential credential, TimeProvider time)
    {
        _client = options.CreateClient(credential);
        _database = options.Database;
        _loop = new ChangeLoop(time);
    }

    public async Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(table, key.Partition, IdOf(key), cancellationToken))?["item"] as JsonObject;

    public string? WhyNotTogether(IReadOnlyList<ItemLocation> locations) =>
        locations.Count > MaxTogether ? $"Cosmos DB changes at most {MaxTogether} items in one step, but there are {locations.Count}."
        : locations.DistinctBy(static location => (location.Table, location.Key.Partition)).Count() > 1 ? "Cosmos DB changes items in one step only if they are in one table and have the same partition key."
        : null;

    public Task<JsonObject> ChangeTogetherAsync(IReadOnlyList<ItemLocation> locations, TableCallId call, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken) =>
        _loop.RunAsync(token => TryChangeAsync(locations, CallIdOf(call), change, token), cancellationToken);

    public async IAsyncEnumerable<JsonObject> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new QueryRequestOptions { PartitionKey = partition is null ? null : new PartitionKey(partition) };
        using FeedIterator pages = Container(table).GetItemQueryStreamIterator("SELECT * FROM c WHERE IS_DEFINED(c.item)", requestOptions: options);
        while (pages.HasMoreResults)
        {
            using ResponseMessage response = await pages.ReadNextAsync(cancellationToken);
            response.EnsureSuccessStatusCode();
            var page = (JsonObject)await ParseAsync(response.Content, cancellationToken);
            foreach (JsonValue document in (JsonArray)page["Documents"]!)
            {
                yield return (JsonObject)((JsonObject)document)["item"]!;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private Container Container(string table) => _client.GetContainer(_database, table);

    // An id may not hold /, \, ? or #; a key may hold anything.
    private static string IdOf(TableKey key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key.Sort.Length == 0 ? "-" : key.Sort));

    // The ids of items are hexadecimal digits, so this cannot be one of them.
    private static string CallIdOf(TableCallId call) => "call-" + RequestId.Derive(call.IdempotencyKey, "table");

    /// <summary>The outcome is created together with the changes. If it exists, an earlier attempt of the call has created it.</summary>
    private async Task<JsonObject?> TryChangeAsync(IReadOnlyList<ItemLocation> locations, string callId, Func<IReadOnlyList<JsonObject?>, ItemChanges> change, CancellationToken cancellationToken)
    {
        (string table, string partition) = (locations[0].Table, locations[0].Key.Partition);
        JsonObject?[] documents = new JsonObject?[locations.Count];
        for (int index = 0; index < locations.Count; index++)
        {
            documents[index] = await ReadAsync(table, partition, IdOf(locations[index].Key), cancellationToken);
        }

        ItemChanges made = change([.. documents.Select(static document => document?["item"] as JsonObject)]);
        var contents = new List<MemoryStream> { Content(("id", callId), ("pk", partition), ("outcome", made.Outcome), ("ttl", OutcomeSeconds)) };
        TransactionalBatch batch = Container(table).CreateTransactionalBatch(new PartitionKey(partition)).CreateItemStream(contents[0]);
        for (int index = 0; index < locations.Count; index++)
        {
            string id = IdOf(locations[index].Key);
            ItemChange one = made.Changes[index];
            var unchanged = new TransactionalBatchItemRequestOptions { IfMatchEtag = (documents[index]?["_etag"] as JsonString)?.Value };
            if (one.Kind == ItemChangeKind.Put)
            {
                MemoryStream item = Content(("id", id), ("pk", partition), ("item", one.Item!));
                contents.Add(item);
                batch = documents[index] is null ? batch.CreateItemStream(item) : batch.ReplaceItemStream(id, item, unchanged);
            }
            else if (one.Kind == ItemChangeKind.Delete)
            {
                batch = batch.DeleteItem(id, unchanged);
            }
            else if (locations.Count > 1 && documents[index] is not null)
            {
                // Items that were read must be unchanged when the others are changed. For an item that does not exist, Cosmos DB cannot check that.
                batch = batch.ReadItem(id, unchanged);
            }
        }

        using TransactionalBatchResponse response = await batch.ExecuteAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return made.Outcome;
        }

        if (response.Count > 0 && response[0].StatusCode == HttpStatusCode.Conflict)
        {
            return (await ReadAsync(table, partition, callId, cancellationToken))?["outcome"] as JsonObject;
        }

        return IsContention(response)
            ? null
            : throw new CosmosException(response.ErrorMessage, response.StatusCode, 0, response.ActivityId, response.RequestCharge);
    }

    /// <summary>Whether another change of the item was made in between.</summary>
    private static bool IsContention(TransactionalBatchResponse response) =>
        (int)response.StatusCode == RetryWith
        || response.Any(static part => part.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound);

    private async Task<JsonObject?> ReadAsync(string table, string partition, string id, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await Container(table).ReadItemStreamAsync(id, new PartitionKey(partition), cancellationToken: cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return (JsonObject)await ParseAsync(response.Content, cancellationToken);
    }

    private static MemoryStream Content(params ReadOnlySpan<(string Name, JsonValue Value)> members) => new(JsonObject.Create(members).ToUtf8(), writable: false);

    private static async Task<JsonValue> ParseAsync(Stream content, CancellationToken cancellationToken)
    {
        using var collected = new MemoryStream();
        await content.CopyToAsync(collected, cancellationToken);
        return JsonValue.Parse(collected.GetBuffer().AsSpan(0, (int)collected.Length));
    }
}
