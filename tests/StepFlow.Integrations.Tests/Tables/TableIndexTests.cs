using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

/// <summary>Secondary indexes, and the names that <c>azure:table</c> has for failures.</summary>
public sealed class TableIndexTests : IAsyncDisposable
{
    private readonly TestIntegrations _integrations = new(
        [("Tables:orders:PartitionKey", "id"), ("Tables:orders:Indexes:by-customer:PartitionKey", "customer"), ("Tables:orders:Indexes:by-customer:SortKey", "total")],
        static services => services.AddSingleton<ITableStore>(new MemoryTableStore()));

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Query_OfAnIndex_FindsItemsThatHaveItsKeys_InItsOrder()
    {
        await FillAsync();

        JsonObject found = await _integrations.CompleteAsync("aws-sdk:dynamodb:query", """{"TableName":"orders","IndexName":"by-customer","KeyConditionExpression":"customer = :c","ExpressionAttributeValues":{":c":{"S":"ann"}},"ProjectionExpression":"id"}""");

        Assert.Equal(JsonValue.Parse("""[{"id":{"S":"3"}},{"id":{"S":"1"}},{"id":{"S":"4"}}]"""), found["Items"]);
    }

    [Fact]
    public async Task Query_OfAnIndex_ContinuesAfterItsLastKey()
    {
        await FillAsync();
        const string Query = """{"TableName":"orders","IndexName":"by-customer","KeyConditionExpression":"customer = :c","ExpressionAttributeValues":{":c":{"S":"ann"}},"Limit":2}""";

        JsonObject first = await _integrations.CompleteAsync("aws-sdk:dynamodb:query", Query);
        JsonObject rest = await _integrations.CompleteAsync("aws-sdk:dynamodb:query", ((JsonObject)JsonValue.Parse(Query)).With("ExclusiveStartKey", first["LastEvaluatedKey"]!).ToString());

        Assert.Equal(JsonValue.Parse("""{"customer":{"S":"ann"},"total":{"N":"5"},"id":{"S":"1"}}"""), first["LastEvaluatedKey"]);
        Assert.Equal(JsonValue.Parse("""[{"id":{"S":"4"},"customer":{"S":"ann"},"total":{"N":"10"}}]"""), rest["Items"]);
    }

    [Fact]
    public async Task AzureQuery_OfAnIndex_HasPlainItems()
    {
        await FillAsync();

        JsonObject found = await _integrations.CompleteAsync("azure:table:query", """{"Table":"orders","Index":"by-customer","Key":{"customer":"bob"}}""");

        Assert.Equal(JsonValue.Parse("""{"Count":1,"Items":[{"id":"2","customer":"bob","total":7}],"ScannedCount":1}"""), found);
    }

    [Theory]
    [InlineData("aws-sdk:dynamodb:query", """{"TableName":"orders","IndexName":"none","KeyConditionExpression":"customer = :c","ExpressionAttributeValues":{":c":{"S":"ann"}}}""", "DynamoDb.DynamoDbException", "does not have the specified index: none")]
    [InlineData("aws-sdk:dynamodb:query", """{"TableName":"orders","IndexName":"by-customer","KeyConditionExpression":"id = :c","ExpressionAttributeValues":{":c":{"S":"ann"}}}""", "DynamoDb.DynamoDbException", "missed key schema element: customer")]
    [InlineData("azure:table:getItem", """{"Key":{"id":"1"}}""", "Table.InvalidArgument", "The argument 'Table' is required.")]
    [InlineData("azure:table:getItem", """{"Table":"orders"}""", "Table.InvalidArgument", "The argument 'Key' is required.")]
    [InlineData("azure:table:putItem", """{"Table":"orders"}""", "Table.InvalidArgument", "The argument 'Item' is required.")]
    [InlineData("azure:table:putItem", """{"Table":"orders","Item":{"x":1}}""", "Table.InvalidArgument", "Missing the key id")]
    [InlineData("azure:table:query", """{"Table":"orders"}""", "Table.InvalidArgument", "The argument 'Key' is required.")]
    [InlineData("azure:table:getItem", """{"Table":"none","Key":{"id":"1"}}""", "Table.TableNotFound", "StepFlow:Tables:none:PartitionKey")]
    [InlineData("azure:table:deleteItem", """{"Table":"orders","Key":{"id":"1"},"ConditionExpression":"attribute_exists(id)"}""", "Table.ConditionNotMet", "The conditional request failed")]
    [InlineData("azure:table:updateItem", """{"Table":"orders","Key":{"id":"1"},"Set":{"id":2}}""", "Table.InvalidArgument", "part of the key")]
    public async Task Failures_AreNamedAsTheCallersServiceNamesThem(string resource, string arguments, string error, string cause)
    {
        TaskRejected rejected = await _integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
        Assert.True(resource.StartsWith("aws", StringComparison.Ordinal) || !rejected.Cause!.Contains("Service:", StringComparison.Ordinal));
    }

    private async Task FillAsync()
    {
        foreach (string item in (string[])["""{"id":"1","customer":"ann","total":5}""", """{"id":"2","customer":"bob","total":7}""", """{"id":"3","customer":"ann","total":-1}""", """{"id":"4","customer":"ann","total":10}""", """{"id":"5","customer":"ann"}"""])
        {
            await _integrations.CompleteAsync("azure:table:putItem", $$"""{"Table":"orders","Item":{{item}}}""", item);
        }
    }
}
