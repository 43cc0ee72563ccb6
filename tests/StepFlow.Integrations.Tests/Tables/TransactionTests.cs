using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

/// <summary>Several items in one step, all or none (DynamoDB API, TransactWriteItems and TransactGetItems).</summary>
public sealed class TransactionTests : IAsyncDisposable
{
    private const string Write = "aws-sdk:dynamodb:transactWriteItems";
    private const string Read = "aws-sdk:dynamodb:transactGetItems";

    private readonly TestIntegrations _integrations = new(
        [("Tables:t:PartitionKey", "id"), ("Tables:s:PartitionKey", "id")],
        static services => services.AddSingleton<ITableStore>(new MemoryTableStore()));

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Writes_OfSeveralTables_AreMadeTogether()
    {
        await PutAsync("t", "1", 5);
        await PutAsync("s", "9", 1);

        JsonObject response = await _integrations.CompleteAsync(Write, """
            {"TransactItems":[
              {"ConditionCheck":{"TableName":"s","Key":{"id":{"S":"9"}},"ConditionExpression":"n = :n","ExpressionAttributeValues":{":n":{"N":"1"}}}},
              {"Update":{"TableName":"t","Key":{"id":{"S":"1"}},"UpdateExpression":"SET n = n - :n","ConditionExpression":"n >= :n","ExpressionAttributeValues":{":n":{"N":"2"}}}},
              {"Put":{"TableName":"t","Item":{"id":{"S":"2"},"n":{"N":"2"}}}},
              {"Delete":{"TableName":"s","Key":{"id":{"S":"8"}}}}]}
            """);

        Assert.Equal("{}", response.ToString());
        Assert.Equal(("3", "2"), (await NumberAsync("1"), await NumberAsync("2")));
    }

    [Fact]
    public async Task Writes_OneOfWhichFails_ChangeNothing()
    {
        await PutAsync("t", "1", 1);

        TaskRejected rejected = await _integrations.RejectAsync(Write, """
            {"TransactItems":[
              {"Put":{"TableName":"t","Item":{"id":{"S":"2"},"n":{"N":"2"}}}},
              {"Update":{"TableName":"t","Key":{"id":{"S":"1"}},"UpdateExpression":"SET n = n - :n","ConditionExpression":"n >= :n","ExpressionAttributeValues":{":n":{"N":"2"}}}},
              {"Update":{"TableName":"s","Key":{"id":{"S":"1"}},"UpdateExpression":"SET n = n + :n","ExpressionAttributeValues":{":n":{"N":"2"}}}}]}
            """);

        Assert.Equal("DynamoDb.TransactionCanceledException", rejected.Error);
        Assert.Contains("[None, ConditionalCheckFailed, ValidationError]", rejected.Cause, StringComparison.Ordinal);
        Assert.Equal(("1", null), (await NumberAsync("1"), await NumberAsync("2")));
    }

    [Fact]
    public async Task Repetition_OfATransaction_ChangesNothing()
    {
        await PutAsync("t", "1", 5);
        const string Increase = """{"TransactItems":[{"Update":{"TableName":"t","Key":{"id":{"S":"1"}},"UpdateExpression":"ADD n :n","ExpressionAttributeValues":{":n":{"N":"1"}}}}]}""";

        await _integrations.CompleteAsync(Write, Increase, "same");
        await _integrations.CompleteAsync(Write, Increase, "same");

        Assert.Equal("6", await NumberAsync("1"));
    }

    [Fact]
    public async Task Reads_GiveTheItemsInTheirOrder()
    {
        await PutAsync("t", "1", 5);
        await PutAsync("s", "1", 6);

        JsonObject response = await _integrations.CompleteAsync(Read, """{"TransactItems":[{"Get":{"TableName":"s","Key":{"id":{"S":"1"}},"ProjectionExpression":"n"}},{"Get":{"TableName":"t","Key":{"id":{"S":"2"}}}},{"Get":{"TableName":"t","Key":{"id":{"S":"1"}}}}]}""", "read");

        Assert.Equal(JsonValue.Parse("""{"Responses":[{"Item":{"n":{"N":"6"}}},{},{"Item":{"id":{"S":"1"},"n":{"N":"5"}}}]}"""), response);
    }

    [Theory]
    [InlineData(Write, """{}""", "must hold 1 to 100 requests")]
    [InlineData(Write, """{"TransactItems":[{"Put":{"TableName":"t","Item":{"id":{"S":"1"}}},"Delete":{}}]}""", "with one member each")]
    [InlineData(Write, """{"TransactItems":[{"Put":{"TableName":"t","Item":{"id":{"S":"1"}}}},{"Delete":{"TableName":"t","Key":{"id":{"S":"1"}}}}]}""", "multiple operations on one item")]
    [InlineData(Write, """{"TransactItems":[{"ConditionCheck":{"TableName":"t","Key":{"id":{"S":"1"}}}}]}""", "Value null at 'conditionExpression'")]
    [InlineData(Write, """{"TransactItems":[{"Put":{"TableName":"t","Item":{"x":{"S":"1"}}}}]}""", "Missing the key id")]
    [InlineData(Read, """{"TransactItems":[{"Put":{}}]}""", "a list of {\"Get\"")]
    public async Task WrongRequests_AreRefusedAsDynamoDbDoes(string resource, string arguments, string cause)
    {
        TaskRejected rejected = await _integrations.RejectAsync(resource, arguments);

        Assert.Equal("DynamoDb.DynamoDbException", rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownTable_IsNotFound() => Assert.Equal(
        "DynamoDb.ResourceNotFoundException",
        (await _integrations.RejectAsync(Write, """{"TransactItems":[{"Put":{"TableName":"none","Item":{"id":{"S":"1"}}}}]}""")).Error);

    private Task<JsonObject> PutAsync(string table, string id, int n) => _integrations.CompleteAsync(
        "dynamodb:putItem", $$$$"""{"TableName":"{{{{table}}}}","Item":{"id":{"S":"{{{{id}}}}"},"n":{"N":"{{{{n}}}}"}}}""", $"put {table} {id}");

    private async Task<string?> NumberAsync(string id)
    {
        JsonObject found = await _integrations.CompleteAsync("aws-sdk:dynamodb:getItem", $$$$"""{"TableName":"t","Key":{"id":{"S":"{{{{id}}}}"}}}""", "get");
        return found["Item"] is JsonObject item ? ((JsonString)((JsonObject)item["n"]!)["N"]!).Value : null;
    }
}
