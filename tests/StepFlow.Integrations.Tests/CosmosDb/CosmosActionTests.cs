using Microsoft.Azure.Cosmos;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.CosmosDb;

/// <summary><c>azure:cosmos</c>, through the SDK's client, against a server that plays the gateway of an account.</summary>
public sealed class CosmosActionTests : IAsyncLifetime
{
    private CosmosGateway? _gateway;
    private TestIntegrations? _integrations;

    private CosmosGateway Gateway => _gateway!;

    private TestIntegrations Integrations => _integrations!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await CosmosGateway.StartAsync();
        _integrations = new([("Cosmos:ConnectionString", Gateway.ConnectionString), ("Cosmos:Gateway", "true"), ("Cosmos:Database", "shop")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Integrations.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    [Fact]
    public async Task Items_AreCreatedReadReplacedPatchedAndDeleted()
    {
        JsonObject created = await Integrations.CompleteAsync("azure:cosmos:createItem", """{"Container":"orders","PartitionKey":"ann","Item":{"id":"1","customer":"ann","at":"2026-01-02T03:04:05Z","total":5}}""");
        JsonObject read = await Integrations.CompleteAsync("azure:cosmos:readItem", """{"Container":"orders","Id":"1","PartitionKey":"ann"}""");
        JsonObject replaced = await Integrations.CompleteAsync("azure:cosmos:upsertItem", """{"Container":"orders","PartitionKey":"ann","IfMatch":"\"1\"","Item":{"id":"1","customer":"ann","total":6}}""");
        JsonObject patched = await Integrations.CompleteAsync("azure:cosmos:patchItem", """{"Container":"orders","Id":"1","PartitionKey":"ann","IfMatch":"\"2\"","Condition":"FROM c WHERE c.total = 6","Operations":[{"op":"set","path":"/at","value":"2026-01-02T03:04:05Z"},{"op":"remove","path":"/total"}]}""");
        JsonObject deleted = await Integrations.CompleteAsync("azure:cosmos:deleteItem", """{"Container":"orders","Id":"1","PartitionKey":"ann","IfMatch":"\"3\""}""");

        Assert.Equal(JsonValue.Parse("""{"Item":{"id":"1","customer":"ann","at":"2026-01-02T03:04:05Z","total":5,"_etag":"\"1\""},"ETag":"\"1\"","RequestCharge":1.5}"""), created);
        Assert.Equal(created, read);
        Assert.Equal(("\"2\"", "6"), (((JsonString)replaced["ETag"]!).Value, ((JsonObject)replaced["Item"]!)["total"]!.ToString()));
        Assert.Equal(JsonValue.Parse("""{"id":"1","customer":"ann","at":"2026-01-02T03:04:05Z","_etag":"\"3\""}"""), patched["Item"]);
        Assert.Equal(JsonValue.Parse("""{"RequestCharge":1.5}"""), deleted);
        Assert.Contains("\"condition\":\"FROM c WHERE c.total = 6\"", Gateway.Bodies.Last().Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("""DELETE /dbs/shop/colls/orders/docs/1 ["ann"]""", Gateway.Requests.Last());
    }

    [Theory]
    [InlineData("\"x/y\"", "[\"x/y\"]")]
    [InlineData("12", "[12.0]")]
    [InlineData("true", "[true]")]
    [InlineData("null", "[null]")]
    public async Task PartitionKey_OfAnyType_IsSent(string key, string sent)
    {
        await Integrations.CompleteAsync("azure:cosmos:createItem", $$$"""{"Database":"other","Container":"orders","PartitionKey":{{{key}}},"Item":{"id":"1"}}""");

        Assert.Equal($"POST /dbs/other/colls/orders/docs {sent}", Gateway.Requests.Single());
    }

    [Fact]
    public async Task CreateItem_WithoutId_CreatesOneItem_HoweverOftenItIsRepeated()
    {
        const string Create = """{"Container":"orders","PartitionKey":"ann","Item":{"customer":"ann"}}""";

        JsonObject first = await Integrations.CompleteAsync("azure:cosmos:createItem", Create, "attempt-1");
        JsonObject again = await Integrations.CompleteAsync("azure:cosmos:createItem", Create, "attempt-1");
        JsonObject other = await Integrations.CompleteAsync("azure:cosmos:createItem", Create, "attempt-2");

        Assert.Equal(first, again);
        Assert.NotEqual(((JsonObject)first["Item"]!)["id"], ((JsonObject)other["Item"]!)["id"]);
    }

    [Theory]
    [InlineData(""","PartitionKey":"ann" """)]
    [InlineData("")]
    public async Task QueryItems_ContinuesAfterAPage(string partition)
    {
        foreach (string id in (string[])["1", "2", "3"])
        {
            await Integrations.CompleteAsync("azure:cosmos:createItem", $$$"""{"Container":"orders","PartitionKey":"ann","Item":{"id":"{{{id}}}","customer":"ann","open":true}}""");
        }

        await Integrations.CompleteAsync("azure:cosmos:createItem", """{"Container":"orders","PartitionKey":"ann","Item":{"id":"4","customer":"ann","open":false}}""");
        var query = (JsonObject)JsonValue.Parse($$$"""{"Container":"orders","Query":"SELECT * FROM c WHERE c.open = @open","Parameters":{"open":true},"MaxItems":2{{{partition}}}}""");

        JsonObject first = await Integrations.CompleteAsync("azure:cosmos:queryItems", query.ToString());
        JsonObject rest = await Integrations.CompleteAsync("azure:cosmos:queryItems", query.With("ContinuationToken", first["ContinuationToken"]!).ToString());

        Assert.Equal(["1", "2"], Ids(first));
        Assert.Equal(["3"], Ids(rest));
        Assert.Null(rest["ContinuationToken"]);
    }

    [Theory]
    [InlineData("readItem", """{"Container":"orders","Id":"gone","PartitionKey":"ann"}""", "Cosmos.NotFound", "There is no item with this id and partition key")]
    [InlineData("createItem", """{"Container":"orders","PartitionKey":"ann","Item":{"id":"1"}}""", "Cosmos.Conflict", "The container already has an item with this id")]
    [InlineData("upsertItem", """{"Container":"orders","PartitionKey":"ann","IfMatch":"\"old\"","Item":{"id":"1"}}""", "Cosmos.PreconditionFailed", "does not have the ETag of 'IfMatch'")]
    [InlineData("patchItem", """{"Container":"orders","Id":"1","PartitionKey":"ann","IfMatch":"\"old\"","Operations":[{"op":"incr","path":"/n","value":1}]}""", "Cosmos.PreconditionFailed", "does not have the ETag of 'IfMatch'")]
    [InlineData("deleteItem", """{"Container":"orders","Id":"1","PartitionKey":"ann","IfMatch":"\"old\""}""", "Cosmos.PreconditionFailed", "does not have the ETag of 'IfMatch'")]
    [InlineData("readItem", """{"Id":"1","PartitionKey":"ann"}""", "Cosmos.InvalidArgument", "The argument 'Container' is required.")]
    [InlineData("readItem", """{"Container":"orders","Id":"1"}""", "Cosmos.InvalidArgument", "The argument 'PartitionKey' is required.")]
    [InlineData("readItem", """{"Container":"orders","Id":1,"PartitionKey":"ann"}""", "Cosmos.InvalidArgument", "The argument 'Id' must be a string.")]
    [InlineData("readItem", """{"Container":"orders","Id":"1","PartitionKey":{"a":1}}""", "Cosmos.InvalidArgument", "The argument 'PartitionKey' must be a string, a number")]
    [InlineData("upsertItem", """{"Container":"orders","PartitionKey":"ann","Item":{}}""", "Cosmos.InvalidArgument", "The argument 'Item.id' must be a string.")]
    [InlineData("patchItem", """{"Container":"orders","Id":"1","PartitionKey":"ann","Operations":[{"op":"put","path":"/a","value":1}]}""", "Cosmos.InvalidArgument", "The argument 'Operations' must be a list of objects with 'op' (add, set")]
    [InlineData("queryItems", """{"Container":"orders","Query":"SELECT * FROM c","MaxItems":0}""", "Cosmos.InvalidArgument", "The argument 'MaxItems' must be an integer from 1 to 1000.")]
    public async Task Failures_HaveANameAndAReason(string action, string arguments, string error, string cause)
    {
        await Integrations.CompleteAsync("azure:cosmos:createItem", """{"Container":"orders","PartitionKey":"ann","Item":{"id":"1"}}""");

        TaskRejected rejected = await Integrations.RejectAsync("azure:cosmos:" + action, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "Cosmos.Forbidden", "Cosmos DB responded with the status 403 (Forbidden).")]
    [InlineData(413, "Cosmos.RequestEntityTooLarge", "Refused.")]
    public async Task Refusals_OfTheAccount_AreTheTasksFailure(int status, string error, string cause)
    {
        Gateway.Refuses = status;

        TaskRejected rejected = await Integrations.RejectAsync("azure:cosmos:deleteItem", """{"Container":"orders","Id":"1","PartitionKey":"ann"}""");

        Assert.Equal((error, cause), (rejected.Error, rejected.Cause));
    }

    [Fact]
    public async Task TooManyRequests_AreAnOutage()
    {
        Gateway.Refuses = 429;

        var outage = await Assert.ThrowsAsync<CosmosException>(() => Integrations.RunAsync("azure:cosmos:readItem", """{"Container":"orders","Id":"1","PartitionKey":"ann"}"""));

        Assert.True(Outages.IsOutage(outage));
    }

    [Fact]
    public async Task NotConfigured_NamesTheSetting()
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("azure:cosmos:readItem", """{"Container":"orders","Id":"1","PartitionKey":"ann"}""");
        ResourceView view = integrations.Get<ResourceCatalog>().Describe(TaskResource.Parse("azure:cosmos:readItem"), null);

        Assert.Equal(("Cosmos.NotConfigured", "No Cosmos DB account is configured. Add the setting 'StepFlow:Cosmos:Endpoint' or 'StepFlow:Cosmos:ConnectionString'."), (rejected.Error, rejected.Cause));
        Assert.Equal("\"Cosmos\": { \"Endpoint\": \"https://…\" }", view.Missing);
    }

    private static string[] Ids(JsonObject result) => [.. ((JsonArray)result["Items"]!).Select(static item => ((JsonString)((JsonObject)item)["id"]!).Value)];
}
