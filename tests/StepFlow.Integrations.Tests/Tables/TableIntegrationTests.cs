using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tables;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

public sealed class TableIntegrationTests : IAsyncDisposable
{
    private readonly TestIntegrations _integrations = new(
        [("Tables:t:PartitionKey", "id"), ("Tables:s:PartitionKey", "id"), ("Tables:s:SortKey", "n")],
        static services => services.AddSingleton<ITableStore>(new MemoryTableStore()));

    private int _calls;

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task PutThenGet_Optimised_RespondsWithTheItemAndTheMetadata()
    {
        JsonObject put = await RunAsync("dynamodb:putItem", """{"TableName": "t", "Item": {"data": {"S": "string-literal"}, "id": {"S": "id1"}}}""");
        JsonObject got = await RunAsync("dynamodb:getItem", """{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/t", "Key": {"id": {"S": "id1"}}}""");

        Assert.Equal(["SdkHttpMetadata", "SdkResponseMetadata"], put.Select(static member => member.Key));
        Assert.Equal("2", Header(put, "Content-Length"));
        Assert.Equal("57", Header(got, "Content-Length"));
        Assert.Equal(JsonValue.Parse("""{"data":{"S":"string-literal"},"id":{"S":"id1"}}"""), got["Item"]);
    }

    [Fact]
    public async Task Sdk_Always_RespondsWithoutMetadata()
    {
        JsonObject put = await RunAsync("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "a"}}}""");
        JsonObject got = await RunAsync("aws-sdk:dynamodb:getItem", """{"TableName": "t", "Key": {"id": {"S": "none"}}}""");

        Assert.Equal(("{}", "{}"), (put.ToString(), got.ToString()));
    }

    [Fact]
    public async Task Update_Lifecycle_ReturnsWhatWasRequested()
    {
        await RunAsync("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "u"}, "count": {"N": "1"}, "m": {"M": {"a": {"S": "x"}}}}}""");

        JsonObject updated = await RunAsync("aws-sdk:dynamodb:updateItem", """
            {"TableName": "t", "Key": {"id": {"S": "u"}}, "ReturnValues": "UPDATED_NEW",
             "UpdateExpression": "SET #m.b = :b, l = list_append(if_not_exists(l, :empty), :one) REMOVE #m.a ADD #c :two",
             "ExpressionAttributeNames": {"#m": "m", "#c": "count"},
             "ExpressionAttributeValues": {":b": {"BOOL": true}, ":empty": {"L": []}, ":one": {"L": [{"N": "1"}]}, ":two": {"N": "2.50"}}}
            """);

        Assert.Equal(
            JsonValue.Parse("""{"Attributes":{"m":{"M":{"b":{"BOOL":true}}},"l":{"L":[{"N":"1"}]},"count":{"N":"3.5"}}}"""),
            updated);
    }

    [Theory]
    [InlineData("aws-sdk:dynamodb:updateItem", """ "Key": {"id": {"S": "i"}}, "UpdateExpression": "ADD hits :one", "ExpressionAttributeValues": {":one": {"N": "1"}}, "ReturnValues": "UPDATED_OLD" """)]
    [InlineData("aws-sdk:dynamodb:updateItem", """ "Key": {"id": {"S": "i"}}, "UpdateExpression": "ADD hits :one", "ExpressionAttributeValues": {":one": {"N": "1"}}, "ReturnValues": "ALL_NEW" """)]
    [InlineData("aws-sdk:dynamodb:putItem", """ "Item": {"id": {"S": "i"}}, "ConditionExpression": "hits = :n", "ExpressionAttributeValues": {":n": {"N": "5"}}, "ReturnValues": "ALL_OLD" """)]
    [InlineData("aws-sdk:dynamodb:deleteItem", """ "Key": {"id": {"S": "i"}}, "ConditionExpression": "attribute_exists(id)", "ReturnValues": "ALL_OLD" """)]
    public async Task Change_RepeatedAfterOthersWrote_AppliesOnceAndReturnsTheSame(string resource, string arguments)
    {
        await RunAsync("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "i"}, "hits": {"N": "5"}}}""");
        JsonObject first = await _integrations.CompleteAsync(resource, $$"""{"TableName": "t", {{arguments}} }""", "same");
        await RunAsync("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "i"}, "hits": {"N": "70"}}}""");

        JsonObject repeated = await _integrations.CompleteAsync(resource, $$"""{"TableName": "t", {{arguments}} }""", "same");

        Assert.Equal(first, repeated);
        JsonObject got = await RunAsync("aws-sdk:dynamodb:getItem", """{"TableName": "t", "Key": {"id": {"S": "i"}}, "ProjectionExpression": "hits"}""");
        Assert.Equal("""{"Item":{"hits":{"N":"70"}}}""", got.ToString());
    }

    [Theory]
    [InlineData("dynamodb:putItem", """ "Item": {"id": {"S": "once"}}, "ConditionExpression": "attribute_not_exists(id)" """)]
    [InlineData("dynamodb:updateItem", """ "Key": {"id": {"S": "once"}}, "UpdateExpression": "REMOVE x", "ConditionExpression": "attribute_not_exists(id)" """)]
    [InlineData("dynamodb:deleteItem", """ "Key": {"id": {"S": "once"}}, "ConditionExpression": "attribute_not_exists(id)" """)]
    public async Task Change_FailedAndRepeatedWhenItWouldSucceed_FailsAgain(string resource, string arguments)
    {
        await RunAsync("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "once"}}}""");
        await _integrations.RejectAsync(resource, $$"""{"TableName": "t", {{arguments}} }""", "first");
        await RunAsync("aws-sdk:dynamodb:deleteItem", """{"TableName": "t", "Key": {"id": {"S": "once"}}}""");

        TaskRejected rejected = await _integrations.RejectAsync(resource, $$"""{"TableName": "t", {{arguments}} }""", "first");

        Assert.Equal("DynamoDB.ConditionalCheckFailedException", rejected.Error);
        Assert.StartsWith("The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; ", rejected.Cause, StringComparison.Ordinal);
        await _integrations.CompleteAsync(resource, $$"""{"TableName": "t", {{arguments}} }""", "second");
    }

    [Fact]
    public async Task Update_ManyAtOnce_LosesNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(at => _integrations.CompleteAsync(
            "aws-sdk:dynamodb:updateItem",
            """{"TableName": "t", "Key": {"id": {"S": "c"}}, "UpdateExpression": "ADD hits :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}""",
            $"call-{at}")));

        JsonObject got = await RunAsync("aws-sdk:dynamodb:getItem", """{"TableName": "t", "Key": {"id": {"S": "c"}}, "ProjectionExpression": "hits"}""");
        Assert.Equal("""{"Item":{"hits":{"N":"8"}}}""", got.ToString());
    }

    [Fact]
    public async Task Delete_WithReturnValues_GivesTheOldItem()
    {
        await RunAsync("dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "d"}}}""");

        JsonObject deleted = await RunAsync("aws-sdk:dynamodb:deleteItem", """{"TableName": "t", "Key": {"id": {"S": "d"}}, "ReturnValues": "ALL_OLD"}""");

        Assert.Equal("""{"Attributes":{"id":{"S":"d"}}}""", deleted.ToString());
    }

    [Fact]
    public async Task Query_SortKey_GivesPagesInOrder()
    {
        foreach (int n in (int[])[10, 9, 100, 1])
        {
            await RunAsync("dynamodb:putItem", $$$"""{"TableName": "s", "Item": {"id": {"S": "p"}, "n": {"N": "{{{n}}}"}, "even": {"BOOL": {{{(n % 2 == 0 ? "true" : "false")}}} } } }""");
        }

        await RunAsync("dynamodb:putItem", """{"TableName": "s", "Item": {"id": {"S": "other"}, "n": {"N": "9"}}}""");
        const string Values = """ "KeyConditionExpression": "id = :p AND n >= :n", "ExpressionAttributeValues": {":p": {"S": "p"}, ":n": {"N": "9"}}""";

        JsonObject first = await RunAsync("aws-sdk:dynamodb:query", $$"""{"TableName": "s", "Limit": 2, {{Values}}}""");
        JsonObject second = await RunAsync("aws-sdk:dynamodb:query", $$"""{"TableName": "s", "ExclusiveStartKey": {{first["LastEvaluatedKey"]}}, {{Values}}}""");
        JsonObject back = await RunAsync("aws-sdk:dynamodb:query", $$"""{"TableName": "s", "ScanIndexForward": false, "ProjectionExpression": "n", {{Values}}}""");
        JsonObject count = await RunAsync("aws-sdk:dynamodb:scan", """{"TableName": "s", "Select": "COUNT", "FilterExpression": "even = :t", "ExpressionAttributeValues": {":t": {"BOOL": true}}}""");

        Assert.Equal(["9", "10"], Numbers(first));
        Assert.Equal(["100"], Numbers(second));
        Assert.Equal(["100", "10", "9"], Numbers(back));
        Assert.Equal("""{"Count":2,"ScannedCount":5}""", count.ToString());
    }

    [Theory]
    [InlineData("dynamodb:putItem", """{"TableName": "none", "Item": {"id": {"S": "a"}}}""", "DynamoDB.ResourceNotFoundException", "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; ")]
    [InlineData("aws-sdk:dynamodb:putItem", """{"TableName": "t", "Item": null}""", "DynamoDb.DynamoDbException", "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null (Service: DynamoDb, Status Code: 400, ")]
    [InlineData("dynamodb:putItem", """{"TableName": "t", "Item": {"x": {"S": "a"}}}""", "DynamoDB.AmazonDynamoDBException", "One or more parameter values were invalid: Missing the key id in the item (")]
    [InlineData("dynamodb:putItem", """{"TableName": "t", "Item": {"id": "plain"}}""", "DynamoDB.AmazonDynamoDBException", "Supplied AttributeValue is not one of ")]
    [InlineData("dynamodb:putItem", """{"TableName": "t", "Item": {"id": {"S": "a"}, "n": {"N": "x"}}}""", "DynamoDB.AmazonDynamoDBException", "The parameter cannot be converted to a numeric value: ")]
    [InlineData("dynamodb:getItem", """{"TableName": "t", "Key": {"other": {"S": "a"}}}""", "DynamoDB.AmazonDynamoDBException", "The provided key element does not match the schema (")]
    [InlineData("dynamodb:updateItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "UpdateExpression": "SET id = :v", "ExpressionAttributeValues": {":v": {"S": "b"}}}""", "DynamoDB.AmazonDynamoDBException", "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key (")]
    [InlineData("dynamodb:updateItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "UpdateExpression": "SET x = missing"}""", "DynamoDB.AmazonDynamoDBException", "The provided expression refers to an attribute that does not exist in the item (")]
    [InlineData("dynamodb:updateItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "UpdateExpression": "SET x y"}""", "DynamoDB.AmazonDynamoDBException", "Invalid UpdateExpression: Syntax error; token: \"y\", near: \"SET x y\" (")]
    [InlineData("dynamodb:updateItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "UpdateExpression": "SET x = :v"}""", "DynamoDB.AmazonDynamoDBException", "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v (")]
    [InlineData("dynamodb:updateItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "AttributeUpdates": {"x": {}}}""", "DynamoDB.AmazonDynamoDBException", "The parameter 'AttributeUpdates' is not supported; use UpdateExpression (")]
    [InlineData("dynamodb:getItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}, "ExpressionAttributeNames": {"#x": "y"}}""", "DynamoDB.AmazonDynamoDBException", "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x} (")]
    public async Task Call_SomethingWrong_FailsAsInDynamoDb(string resource, string arguments, string error, string cause)
    {
        TaskRejected rejected = await _integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.StartsWith(cause, rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownTable_Always_NamesTheSettingToAdd()
    {
        TaskRejected rejected = await _integrations.RejectAsync("dynamodb:getItem", """{"TableName": "none", "Key": {"id": {"S": "a"}}}""");

        Assert.EndsWith("Add the setting 'StepFlow:Tables:none:PartitionKey'.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoStore_Always_NamesTheSettingToAdd()
    {
        await using var bare = new TestIntegrations([("Tables:t:PartitionKey", "id")]);

        TaskRejected rejected = await bare.RejectAsync("dynamodb:getItem", """{"TableName": "t", "Key": {"id": {"S": "a"}}}""");

        Assert.EndsWith("Add the setting 'StepFlow:Cosmos:Endpoint' or 'StepFlow:Cosmos:ConnectionString'.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainNames_Always_TakeAndGivePlainJson()
    {
        const string Item = """{"id":"plain","n":1.5,"list":[true,null,{"x":"y"}]}""";
        await RunAsync("azure:table:putItem", $$"""{"Table": "t", "Item": {{Item}}}""");
        JsonObject got = await RunAsync("azure:table:getItem", """{"Table": "t", "Key": {"id": "plain"}}""");
        JsonObject updated = await RunAsync("azure:table:updateItem", """{"Table": "t", "Key": {"id": "plain"}, "Set": {"n": 2, "new": "v"}, "Remove": ["list"], "ConditionExpression": "n < :max", "ExpressionAttributeValues": {":max": 9}}""");

        Assert.Equal(JsonValue.Parse(Item), got["Item"]);
        Assert.Equal(JsonValue.Parse("""{"id":"plain","n":2,"new":"v"}"""), updated["Attributes"]);
    }

    private Task<JsonObject> RunAsync(string resource, string arguments) =>
        _integrations.CompleteAsync(resource, arguments, $"own-{++_calls}");

    private static string Header(JsonObject response, string name) =>
        ((JsonString)((JsonObject)((JsonObject)response["SdkHttpMetadata"]!)["HttpHeaders"]!)[name]!).Value;

    private static IEnumerable<string> Numbers(JsonObject page) =>
        ((JsonArray)page["Items"]!).Select(static item => ((JsonString)((JsonObject)((JsonObject)item)["n"]!)["N"]!).Value);
}
