using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Core;
using Microsoft.Azure.Cosmos;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tables;

/// <summary>
/// Tables in Cosmos DB: a container for each table, partition key path <c>/pk</c>. A document holds the key's parts, the
/// item as DynamoDB writes it, and the call that wrote it; the version is the document's ETag.
/// </summary>
internal sealed class CosmosTableStore : ITableStore, IDisposable
{
    private readonly CosmosClient _client;
    private readonly string _database;

    public CosmosTableStore(CosmosOptions options, TokenCredential credential)
    {
        // Documents pass as text: they are made and read with the project's own JSON.
        var clientOptions = new CosmosClientOptions { ApplicationName = "StepFlow", EnableContentResponseOnWrite = false };
        _client = options.ConnectionString is { } connection
            ? new CosmosClient(connection, clientOptions)
            : new CosmosClient(options.Endpoint!.ToString(), credential, clientOptions);
        _database = options.Database;
    }

    public async Task<StoredItem?> FindAsync(string table, TableKey key, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await Container(table).ReadItemStreamAsync(IdOf(key), new PartitionKey(key.Partition), cancellationToken: cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return Read((JsonObject)await ParseAsync(response.Content, cancellationToken));
    }

    public async Task<bool> WriteAsync(string table, TableKey key, JsonObject item, string? expectedVersion, string writtenBy, CancellationToken cancellationToken)
    {
        byte[] document = JsonObject.Create(
            ("id", IdOf(key)),
            ("pk", key.Partition),
            ("writtenBy", writtenBy),
            ("item", item)).ToUtf8();
        using var content = new MemoryStream(document, writable: false);
        var partition = new PartitionKey(key.Partition);
        using ResponseMessage response = expectedVersion is null
            ? await Container(table).CreateItemStreamAsync(content, partition, cancellationToken: cancellationToken)
            : await Container(table).ReplaceItemStreamAsync(content, IdOf(key), partition, IfMatch(expectedVersion), cancellationToken);
        return Happened(response);
    }

    public async Task<bool> DeleteAsync(string table, TableKey key, string expectedVersion, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await Container(table).DeleteItemStreamAsync(IdOf(key), new PartitionKey(key.Partition), IfMatch(expectedVersion), cancellationToken);
        return Happened(response);
    }

    public async IAsyncEnumerable<StoredItem> ListAsync(string table, string? partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new QueryRequestOptions { PartitionKey = partition is null ? null : new PartitionKey(partition) };
        using FeedIterator pages = Container(table).GetItemQueryStreamIterator("SELECT * FROM c", requestOptions: options);
        while (pages.HasMoreResults)
        {
            using ResponseMessage response = await pages.ReadNextAsync(cancellationToken);
            response.EnsureSuccessStatusCode();
            var page = (JsonObject)await ParseAsync(response.Content, cancellationToken);
            foreach (JsonValue document in (JsonArray)page["Documents"]!)
            {
                yield return Read((JsonObject)document);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private Container Container(string table) => _client.GetContainer(_database, table);

    // An id may not hold /, \, ? or #; a key may hold anything.
    private static string IdOf(TableKey key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key.Sort.Length == 0 ? "-" : key.Sort));

    private static ItemRequestOptions IfMatch(string version) => new() { IfMatchEtag = version };

    private static bool Happened(ResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    private static StoredItem Read(JsonObject document) =>
        new((JsonObject)document["item"]!, ((JsonString)document["_etag"]!).Value, ((JsonString)document["writtenBy"]!).Value);

    private static async Task<JsonValue> ParseAsync(Stream content, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        await content.CopyToAsync(kept, cancellationToken);
        return JsonValue.Parse(kept.GetBuffer().AsSpan(0, (int)kept.Length));
    }
}
