using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Core;
using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Answers;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// Tables in Cosmos DB: a container for each table, partition key path <c>/pk</c>. A document holds the key's parts, the
/// item as DynamoDB writes it. The outcome of a call that changes an item is a document of the same partition, made in one
/// transaction with the change.
/// </summary>
internal sealed class CosmosTableStore : ITableStore, IDisposable
{
    /// <summary>How long a call's outcome is kept: no activity is repeated later. Needs a time to live on the container.</summary>
    private const int OutcomeSeconds = 30 * 24 * 3600;

    /// <summary>Cosmos DB: another operation on the same partition was under way (449).</summary>
    private const int RetryWith = 449;

    private readonly CosmosClient _client;
    private readonly string _database;
    private readonly ChangeLoop _loop;

    public CosmosTableStore(CosmosOptions options, TokenCredential credential, TimeProvider time)
    {
        // Documents pass as text: they are made and read with the project's own JSON.
        var clientOptions = new CosmosClientOptions { ApplicationName = "StepFlow", EnableContentResponseOnWrite = false };
        _client = options.ConnectionString is { } connection
            ? new CosmosClient(connection, clientOptions)
            : new CosmosClient(options.Endpoint!.ToString(), credential, clientOptions);
        _database = options.Database;
        _loop = new ChangeLoop(time);
    }

    public async Task<JsonObject?> FindAsync(string table, TableKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(table, key.Partition, IdOf(key), cancellationToken))?["item"] as JsonObject;

    public Task<JsonObject> ChangeAsync(string table, TableKey key, TableCallId call, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken) =>
        _loop.RunAsync(token => TryChangeAsync(table, key, CallIdOf(call), change, token), cancellationToken);

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

    // The ids of items are hexadecimal digits: this is none of them.
    private static string CallIdOf(TableCallId call) => "call-" + RequestId.Derive(call.IdempotencyKey, "table");

    /// <summary>The outcome is created together with the change: one that exists is the call's own, made before.</summary>
    private async Task<JsonObject?> TryChangeAsync(string table, TableKey key, string callId, Func<JsonObject?, ItemChange> change, CancellationToken cancellationToken)
    {
        string id = IdOf(key);
        JsonObject? document = await ReadAsync(table, key.Partition, id, cancellationToken);
        ItemChange made = change(document?["item"] as JsonObject);
        using MemoryStream outcome = Content(("id", callId), ("pk", key.Partition), ("outcome", made.Outcome), ("ttl", OutcomeSeconds));
        using MemoryStream item = Content(("id", id), ("pk", key.Partition), ("item", made.Item ?? JsonValue.Null));
        TransactionalBatch batch = Container(table).CreateTransactionalBatch(new PartitionKey(key.Partition)).CreateItemStream(outcome);
        var unchanged = new TransactionalBatchItemRequestOptions { IfMatchEtag = (document?["_etag"] as JsonString)?.Value };
        if (made.Kind == ItemChangeKind.Put)
        {
            batch = document is null ? batch.CreateItemStream(item) : batch.ReplaceItemStream(id, item, unchanged);
        }
        else if (made.Kind == ItemChangeKind.Delete)
        {
            batch = batch.DeleteItem(id, unchanged);
        }

        using TransactionalBatchResponse response = await batch.ExecuteAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return made.Outcome;
        }

        if (response.Count > 0 && response[0].StatusCode == HttpStatusCode.Conflict)
        {
            return (await ReadAsync(table, key.Partition, callId, cancellationToken))?["outcome"] as JsonObject;
        }

        return IsContention(response)
            ? null
            : throw new CosmosException(response.ErrorMessage, response.StatusCode, 0, response.ActivityId, response.RequestCharge);
    }

    /// <summary>Whether another change of the item came between.</summary>
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
        using var kept = new MemoryStream();
        await content.CopyToAsync(kept, cancellationToken);
        return JsonValue.Parse(kept.GetBuffer().AsSpan(0, (int)kept.Length));
    }
}
