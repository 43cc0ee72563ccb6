using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

/// <summary>Several items in one call (DynamoDB API, BatchGetItem and BatchWriteItem).</summary>
public sealed class TableBatchTests : IAsyncDisposable
{
    private const string Write = "aws-sdk:dynamodb:batchWriteItem";
    private const string Read = "aws-sdk:dynamodb:batchGetItem";

    private readonly TestIntegrations _integrations = new(
        [("Tables:t:PartitionKey", "id"), ("Tables:s:PartitionKey", "id")],
        static services => services.AddSingleton<ITableStore>(new MemoryTableStore()));

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task WrittenItems_OfSeveralTables_AreReadAgain()
    {
        JsonObject written = await _integrations.CompleteAsync(Write, """{"RequestItems":{"t":[{"PutRequest":{"Item":{"id":{"S":"1"},"a":{"N":"1"}}}},{"PutRequest":{"Item":{"id":{"S":"2"}}}}],"s":[{"PutRequest":{"Item":{"id":{"S":"1"}}}}]}}""");
        await _integrations.CompleteAsync(Write, """{"RequestItems":{"t":[{"DeleteRequest":{"Key":{"id":{"S":"2"}}}}]}}""", "call-2");

        JsonObject read = await _integrations.CompleteAsync(Read, """{"RequestItems":{"t":{"Keys":[{"id":{"S":"1"}},{"id":{"S":"2"}}],"ProjectionExpression":"#a","ExpressionAttributeNames":{"#a":"a"}},"s":{"Keys":[{"id":{"S":"1"}}]}}}""", "call-3");

        Assert.Equal("""{"UnprocessedItems":{}}""", written.ToString());
        Assert.Equal(JsonValue.Parse("""{"Responses":{"t":[{"a":{"N":"1"}}],"s":[{"id":{"S":"1"}}]},"UnprocessedKeys":{}}"""), read);
    }

    [Theory]
    [InlineData(Write, """{"RequestItems":{}}""", "must hold 1 to 25 requests")]
    [InlineData(Write, """{"RequestItems":{"t":[{"PutRequest":{}}]}}""", "RequestItems.t")]
    [InlineData(Write, """{"RequestItems":{"t":[{"PutRequest":{"Item":{"id":{"S":"1"}}}},{"DeleteRequest":{"Key":{"id":{"S":"1"}}}}]}}""", "contains duplicates")]
    [InlineData(Write, """{"RequestItems":{"t":[{"PutRequest":{"Item":{"x":{"S":"1"}}}}]}}""", "Missing the key id")]
    [InlineData(Read, """{"RequestItems":{"t":{"Keys":[{"id":{"S":"1"}},{"id":{"S":"1"}}]}}}""", "contains duplicates")]
    [InlineData(Read, """{"RequestItems":{"t":{}}}""", "'Keys' is required")]
    public async Task WrongRequests_AreRefusedAsDynamoDbDoes(string resource, string arguments, string cause)
    {
        TaskRejected rejected = await _integrations.RejectAsync(resource, arguments);

        Assert.Equal("DynamoDb.DynamoDbException", rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }
}
