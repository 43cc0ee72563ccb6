using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Messages;

public sealed class StorageQueueTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _name = "q" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    private QueueClient Queue => new(azurite.ConnectionString, _name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public async ValueTask InitializeAsync() => await Queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task SendMessage_ByUrl_ArrivesAndRespondsWithItsDigest()
    {
        JsonObject response = await _integrations.CompleteAsync("sqs:sendMessage", $$"""{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/000000000000/{{_name}}", "MessageBody": "test_message_body"}""");

        Assert.Equal("test_message_body", await ReceiveAsync());
        Assert.Equal("3caa9a099bc4e58ae7923f68c5d7d081", response["MD5OfMessageBody"]);
        Assert.Equal("106", ((JsonObject)((JsonObject)response["SdkHttpMetadata"]!)["HttpHeaders"]!)["Content-Length"]);
    }

    /// <summary>A message on one of these would be a message to the host itself.</summary>
    [Theory]
    [InlineData("webjobs-blobtrigger-poison")]
    [InlineData("azure-webjobs-blobtrigger-app")]
    [InlineData("mine-work")]
    public async Task SendMessage_ToAQueueOfTheHost_FindsNone(string queue)
    {
        await using var integrations = new TestIntegrations(
            [("Storage:ConnectionString", azurite.ConnectionString), ("Messages:CreateMissing", "true")],
            services => services.AddSingleton(new ReservedQueues(["mine-*"])));

        TaskRejected rejected = await integrations.RejectAsync("sqs:sendMessage", $$"""{"QueueUrl": "{{queue}}", "MessageBody": "b"}""");

        Assert.Contains("does not exist", rejected.Cause, StringComparison.Ordinal);
        Assert.False(await new QueueClient(azurite.ConnectionString, queue).ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SendMessage_JsonBody_ArrivesAsItsText()
    {
        await _integrations.CompleteAsync("azure:queue:sendMessage", $$$"""{"Queue": "{{{_name}}}", "MessageBody": {"a": [1]}}""");

        Assert.Equal("""{"a":[1]}""", await ReceiveAsync());
    }

    [Fact]
    public async Task SendMessage_WithAttributes_CarriesThemInAnEnvelope()
    {
        JsonObject response = await _integrations.CompleteAsync("aws-sdk:sqs:sendMessage", $$$"""{"QueueUrl": "{{{_name}}}", "MessageBody": "b", "MessageAttributes": {"n": {"DataType": "String", "StringValue": "v"} } }""");

        Assert.Equal("""{"MessageBody":"b","MessageAttributes":{"n":{"DataType":"String","StringValue":"v"}}}""", await ReceiveAsync());
        Assert.True(response.ContainsKey("MD5OfMessageAttributes"));
        Assert.False(response.ContainsKey("SdkHttpMetadata"));
    }

    [Fact]
    public async Task SendMessage_WithoutBody_IsRefusedAsSqsDoes()
    {
        TaskRejected rejected = await _integrations.RejectAsync("sqs:sendMessage", $$"""{"QueueUrl": "{{_name}}", "MessageBody": null}""");

        Assert.Equal("SQS.AmazonSQSException", rejected.Error);
        Assert.StartsWith("The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: ", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendMessage_NoSuchQueue_NamesTheSettingToAdd()
    {
        TaskRejected rejected = await _integrations.RejectAsync("sqs:sendMessage", """{"QueueUrl": "no-such-queue", "MessageBody": "b"}""");

        Assert.Equal("SQS.QueueDoesNotExistException", rejected.Error);
        Assert.Contains("'StepFlow:Messages:Queues:no-such-queue'", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendMessage_CreateMissing_MakesTheQueue()
    {
        await using var creating = new TestIntegrations([("Storage:ConnectionString", azurite.ConnectionString), ("Messages:CreateMissing", "true"), ("Messages:Queues:mine", _name + "x")]);

        JsonObject response = await creating.CompleteAsync("sqs:sendMessage", """{"QueueUrl": "mine", "MessageBody": "b"}""");

        Assert.True(response.ContainsKey("MessageId"));
    }

    [Fact]
    public async Task Publish_ToATopic_ArrivesInTheEnvelopeOfSns()
    {
        await _integrations.CompleteAsync("sns:publish", $$$"""{"TopicArn": "arn:aws:sns:us-east-1:000000000000:{{{_name}}}", "Message": {"m": 1}, "Subject": "s"}""");

        var envelope = (JsonObject)JsonValue.Parse(await ReceiveAsync());
        Assert.Equal(("Notification", "s", "{\"m\":1}"), (envelope["Type"], envelope["Subject"], envelope["Message"]));
    }

    [Fact]
    public async Task Publish_ToAFifoTopicWithoutGroup_IsRefusedAsSnsDoes()
    {
        TaskRejected rejected = await _integrations.RejectAsync("sns:publish", """{"TopicArn": "arn:aws:sns:us-east-1:000000000000:t.fifo", "Message": "m"}""");

        Assert.Equal("SNS.InvalidParameterException", rejected.Error);
        Assert.StartsWith("Invalid parameter: The MessageGroupId parameter is required for FIFO topics (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; ", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutEvents_ToABusWithAQueue_Arrive()
    {
        await using var integrations = new TestIntegrations([("Storage:ConnectionString", azurite.ConnectionString), ("Messages:EventBuses:default", _name)]);

        JsonObject response = await integrations.CompleteAsync("events:putEvents", """{"Entries": [{"Source": "s", "DetailType": "t", "Detail": {"d": 1}}]}""");

        var sent = (JsonObject)JsonValue.Parse(await ReceiveAsync());
        Assert.Equal(0, response["FailedEntryCount"]);
        Assert.Equal(("s", "t", JsonValue.Parse("""{"d":1}""")), (sent["source"], sent["detail-type"], sent["detail"]));
        Assert.Equal(((JsonObject)((JsonArray)response["Entries"]!)[0])["EventId"], sent["id"]);
    }

    [Fact]
    public async Task PutEvents_OneMalformed_FailsWithTheEntries()
    {
        TaskRejected rejected = await _integrations.RejectAsync("events:putEvents", """{"Entries": [{"Source": "s", "DetailType": "t", "Detail": "\"text\""}]}""");

        Assert.Equal("EventBridge.FailedEntry", rejected.Error);
        Assert.Equal("""{"Entries":[{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],"FailedEntryCount":1}""", rejected.Cause);
    }

    private async Task<string> ReceiveAsync()
    {
        var received = await Queue.ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);
        return received.Value.MessageText;
    }
}
