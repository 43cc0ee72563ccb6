using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.CosmosDb;

/// <summary>
/// Plays the gateway of a Cosmos DB account with one container, as far as the client of the SDK needs it ("Azure Cosmos DB: REST API
/// reference"). A query finds the items whose members are the values of its parameters of the same names.
/// </summary>
internal sealed class CosmosGateway : IAsyncDisposable
{
    // Resource ids: four bytes of the database, four of the container with the first bit set.
    private const string ContainerRid = "KbFlAIAAAAE=";

    private readonly ConcurrentDictionary<(string Key, string Id), JsonObject> _items = new();
    private readonly TestServer _server;
    private int _version;

    private CosmosGateway(Func<CosmosGateway, TestServer> server) => _server = server(this);

    /// <summary>A connection string, whose key is of this server only.</summary>
    public string ConnectionString => $"AccountEndpoint={_server.Url}/;AccountKey=c2VjcmV0LWtleQ==;";

    /// <summary>The requests for documents: method, path, and partition key.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The bodies of changes and queries.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>The status of every request for documents; null to respond normally.</summary>
    public int? Refuses { get; set; }

    public static async Task<CosmosGateway> StartAsync()
    {
        CosmosGateway? self = null;
        TestServer server = await TestServer.StartAsync(context => self!.RespondAsync(context));
        return self = new(_ => server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-ms-request-charge"] = "1.5";
        context.Response.Headers["x-ms-activity-id"] = "00000000-0000-0000-0000-000000000001";
        context.Response.Headers["x-ms-session-token"] = "0:1#1";
        string[] path = context.Request.Path.Value!.Trim('/').Split('/');
        (int status, JsonValue? body) = path switch
        {
            [""] => (200, Account()),
            [_, _, _, _] => (200, JsonValue.Parse($$$"""{"id":"orders","_rid":"{{{ContainerRid}}}","_self":"dbs/KbFlAA==/colls/{{{ContainerRid}}}/","partitionKey":{"paths":["/customer"],"kind":"Hash","version":2},"indexingPolicy":{"indexingMode":"consistent"}}""")),
            [.., "pkranges"] => Ranges(context),
            [.., "docs"] when Is(context, "x-ms-cosmos-is-query-plan-request") => (200, JsonValue.Parse("""{"partitionedQueryExecutionInfoVersion":2,"queryInfo":{"distinctType":"None","top":null,"offset":null,"limit":null,"orderBy":[],"orderByExpressions":[],"groupByExpressions":[],"groupByAliases":[],"aggregates":[],"groupByAliasToAggregateType":{},"rewrittenQuery":"","hasSelectValue":false},"queryRanges":[{"min":"","max":"FF","isMinInclusive":true,"isMaxInclusive":false}]}""")),
            [.., "docs"] or [.., "docs", _] => await DocumentsAsync(context, path[5..]),
            _ => Refusal(400, "BadRequest", "The gateway of the test does not know this request."),
        };
        context.Response.StatusCode = status;
        if (body is not null)
        {
            await context.Response.Body.WriteAsync(body.ToUtf8());
        }
    }

    private JsonValue Account()
    {
        string locations = $$"""[{"name":"Here","databaseAccountEndpoint":"{{_server.Url}}/"}]""";
        return JsonValue.Parse($$$"""{"_self":"","id":"account","_rid":"account","media":"//media/","addresses":"//addresses/","_dbs":"//dbs/","writableLocations":{{{locations}}},"readableLocations":{{{locations}}},"enableMultipleWriteLocations":false,"userReplicationPolicy":{"minReplicaSetSize":3,"maxReplicasetSize":4},"userConsistencyPolicy":{"defaultConsistencyLevel":"Session"},"systemReplicationPolicy":{"minReplicaSetSize":3,"maxReplicasetSize":4},"readPolicy":{"primaryReadCoefficient":1,"secondaryReadCoefficient":1},"queryEngineConfiguration":"{\"maxSqlQueryInputLength\":262144,\"maxJoinsPerSqlQuery\":5}"}""");
    }

    private static (int Status, JsonValue? Body) Ranges(HttpContext context)
    {
        context.Response.Headers.ETag = "\"1\"";
        return context.Request.Headers.IfNoneMatch.Count > 0 && context.Request.Headers.IfNoneMatch != "*"
            ? (304, null)
            : (200, JsonValue.Parse($$"""{"_rid":"{{ContainerRid}}","PartitionKeyRanges":[{"_rid":"KbFlAIAAAAECAAAAAAAAUA==","id":"0","_etag":"\"1\"","minInclusive":"","maxExclusive":"FF","ridPrefix":0,"throughputFraction":1,"status":"online","parents":[]}],"_count":1}"""));
    }

    private async Task<(int Status, JsonValue? Body)> DocumentsAsync(HttpContext context, string[] id)
    {
        string key = context.Request.Headers["x-ms-documentdb-partitionkey"].ToString();
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {key}");
        using var reader = new StreamReader(context.Request.Body);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        if (text.Length > 0)
        {
            Bodies.Enqueue(text);
        }

        if (Refuses is { } status)
        {
            context.Response.Headers["x-ms-retry-after-ms"] = "1";
            return Refusal(status, status.ToString(CultureInfo.InvariantCulture), "Refused.");
        }

        if (Is(context, "x-ms-documentdb-isquery"))
        {
            return Query(context, (JsonObject)JsonValue.Parse(text));
        }

        var given = text.Length == 0 ? null : (JsonObject)JsonValue.Parse(text);
        (string, string) place = (key, id is [var name] ? Uri.UnescapeDataString(name) : ((JsonString)given!["id"]!).Value);
        _items.TryGetValue(place, out JsonObject? present);
        bool creates = context.Request.Method == "POST";
        if (present is null && !creates)
        {
            return Refusal(404, "NotFound", "Entity with the specified id does not exist in the system.");
        }

        if (present is not null && context.Request.Headers.IfMatch is [{ } wanted] && wanted != ((JsonString)present["_etag"]!).Value)
        {
            return Refusal(412, "PreconditionFailed", "One of the specified pre-condition is not met.");
        }

        if (context.Request.Method == "DELETE")
        {
            _items.TryRemove(place, out _);
            return (204, null);
        }

        if (creates && present is not null && !Is(context, "x-ms-documentdb-is-upsert"))
        {
            return Refusal(409, "Conflict", "Entity with the specified id already exists in the system.");
        }

        JsonObject item = creates ? given! : context.Request.Method == "PATCH" ? Patched(present!, given!) : present!;
        if (context.Request.Method != "GET")
        {
            _items[place] = item = item.With("_etag", $"\"{Interlocked.Increment(ref _version)}\"");
        }

        context.Response.Headers.ETag = ((JsonString)item["_etag"]!).Value;
        return (creates && present is null ? 201 : 200, item);
    }

    private static JsonObject Patched(JsonObject item, JsonObject patch) => ((JsonArray)patch["operations"]!).Cast<JsonObject>().Aggregate(
        item, static (changed, one) => one["op"] == "remove" ? changed.Without(((JsonString)one["path"]!).Value[1..]) : changed.With(((JsonString)one["path"]!).Value[1..], one["value"]!));

    private (int Status, JsonValue? Body) Query(HttpContext context, JsonObject query)
    {
        JsonObject[] parameters = [.. ((query["parameters"] as JsonArray) ?? JsonArray.Empty).Cast<JsonObject>()];
        JsonObject[] found = [.. _items.Values.Where(item => parameters.All(one => item[((JsonString)one["name"]!).Value[1..]] == one["value"])).OrderBy(static item => ((JsonString)item["id"]!).Value, StringComparer.Ordinal)];
        int start = context.Request.Headers["x-ms-continuation"] is [{ Length: > 0 } token] ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        int most = int.TryParse(context.Request.Headers["x-ms-max-item-count"], CultureInfo.InvariantCulture, out int count) && count > 0 ? count : 100;
        if (start + most < found.Length)
        {
            context.Response.Headers["x-ms-continuation"] = (start + most).ToString(CultureInfo.InvariantCulture);
        }

        JsonObject[] page = [.. found.Skip(start).Take(most)];
        context.Response.Headers["x-ms-item-count"] = page.Length.ToString(CultureInfo.InvariantCulture);
        return (200, JsonObject.Create(("_rid", ContainerRid), ("Documents", JsonArray.From(page)), ("_count", page.Length)));
    }

    private static bool Is(HttpContext context, string header) => context.Request.Headers[header].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static (int Status, JsonValue? Body) Refusal(int status, string code, string message) => (status, JsonObject.Create(("code", code), ("message", message)));
}
