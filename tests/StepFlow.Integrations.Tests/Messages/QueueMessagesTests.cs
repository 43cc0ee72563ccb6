using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Messages;

/// <summary>Messages that workflows take and remove, and several in one call, with Azurite.</summary>
public sealed class QueueMessagesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Receive = "aws-sdk:sqs:receiveMessage";
    private const string Delete = "aws-sdk:sqs:deleteMessage";

    private readonly string _name = "q" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    public async ValueTask InitializeAsync() =>
        await new QueueClient(azurite.ConnectionString, _name).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Message_IsReceivedOnce_AndNotAfterItIsDeleted()
    {
        JsonObject sent = await RunAsync("aws-sdk:sqs:sendMessage", """{"MessageBody":"b","MessageAttributes":{"n":{"DataType":"String","StringValue":"v"}}}""");

        JsonObject received = await RunAsync(Receive, """{"MaxNumberOfMessages":10}""");
        var message = (JsonObject)Assert.Single((JsonArray)received["Messages"]!);
        Assert.Equal((sent["MessageId"], sent["MD5OfMessageBody"], sent["MD5OfMessageAttributes"]), (message["MessageId"], message["MD5OfBody"], message["MD5OfMessageAttributes"]));
        Assert.Equal(("b", "1", JsonValue.Parse("""{"n":{"DataType":"String","StringValue":"v"}}""")), (message["Body"], ((JsonObject)message["Attributes"]!)["ApproximateReceiveCount"], message["MessageAttributes"]));
        Assert.Equal("{}", (await RunAsync(Receive, "{}")).ToString());

        string receipt = $$"""{"ReceiptHandle":{{message["ReceiptHandle"]}}}""";
        Assert.Equal("{}", (await RunAsync(Delete, receipt)).ToString());
        Assert.Equal("{}", (await RunAsync(Delete, receipt)).ToString());
    }

    /// <summary>One that is not Base64 was sent by somebody else. It hides no other message.</summary>
    [Fact]
    public async Task Messages_ThatAreNotBase64_AreReceivedAsTheyAre()
    {
        var queue = new QueueClient(azurite.ConnectionString, _name);
        foreach (string text in (string[])["plain!", "eyJuIjoxfQ==", "/////w=="])
        {
            await queue.SendMessageAsync(text, TestContext.Current.CancellationToken);
        }

        JsonObject received = await RunAsync(Receive, """{"MaxNumberOfMessages":10,"VisibilityTimeout":1}""");
        Assert.Equal(["plain!", """{"n":1}""", "/////w=="], ((JsonArray)received["Messages"]!).Select(static one => ((JsonString)((JsonObject)one)["Body"]!).Value));
        IReadOnlyList<ReceivedMessage> read = [];
        while (read.Count < 3)
        {
            // Real time on purpose: the emulator shows the messages again after a second.
            read = [.. read, .. await _integrations.Get<QueueReader>().ReceiveAsync(_name, TestContext.Current.CancellationToken)];
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["/////w==", "plain!", """{"n":1}"""], read.Select(static message => message.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Azure_ReceivesAndDeletesInItsOwnTerms()
    {
        await _integrations.CompleteAsync("azure:queue:sendMessage", $$$"""{"Queue":"{{{_name}}}","MessageBody":{"n":1}}""");

        JsonObject received = await _integrations.CompleteAsync("azure:queue:receiveMessages", $$"""{"Queue":"{{_name}}","MaxMessages":5}""");
        var message = (JsonObject)Assert.Single((JsonArray)received["Messages"]!);
        await _integrations.CompleteAsync("azure:queue:deleteMessage", $$"""{"Queue":"{{_name}}","Receipt":{{message["Receipt"]}}}""");

        Assert.Equal(JsonValue.Parse("""{"n":1}"""), message["Body"]);
        Assert.Equal("""{"Messages":[]}""", (await _integrations.CompleteAsync("azure:queue:receiveMessages", $$"""{"Queue":"{{_name}}"}""")).ToString());
    }

    [Fact]
    public async Task Batch_SucceedsAndFailsByEntry()
    {
        JsonObject sent = await RunAsync("aws-sdk:sqs:sendMessageBatch", """{"Entries":[{"Id":"a","MessageBody":"1"},{"Id":"b","MessageBody":"2","DelaySeconds":901},{"Id":"c","MessageBody":"3"}]}""");

        Assert.Equal(["a", "c"], ((JsonArray)sent["Successful"]!).Select(static one => ((JsonObject)one)["Id"]!));
        var failed = (JsonObject)Assert.Single((JsonArray)sent["Failed"]!);
        Assert.Equal(("b", true), (failed["Id"], failed["SenderFault"]));
        JsonObject received = await RunAsync(Receive, """{"MaxNumberOfMessages":10}""");
        string entries = string.Join(',', ((JsonArray)received["Messages"]!).Select(static (one, index) => $$"""{"Id":"m{{index}}","ReceiptHandle":{{((JsonObject)one)["ReceiptHandle"]}}}"""));

        JsonObject deleted = await RunAsync("aws-sdk:sqs:deleteMessageBatch", $$"""{"Entries":[{{entries}},{"Id":"x","ReceiptHandle":"none"}]}""");

        Assert.Equal(["m0", "m1"], ((JsonArray)deleted["Successful"]!).Select(static one => ((JsonObject)one)["Id"]!));
        Assert.Equal("ReceiptHandleIsInvalid", ((JsonObject)Assert.Single((JsonArray)deleted["Failed"]!))["Code"]);
    }

    [Fact]
    public async Task DeduplicationId_CountsForFiveMinutes()
    {
        var clock = new SetClock();
        await using var integrations = new TestIntegrations([("Storage:ConnectionString", azurite.ConnectionString)], services => services.AddSingleton<TimeProvider>(clock));
        string arguments = $$"""{"QueueUrl":"{{_name}}","MessageBody":"b","MessageGroupId":"g","MessageDeduplicationId":"same"}""";

        JsonObject first = await integrations.CompleteAsync("sqs:sendMessage", arguments);
        JsonObject second = await integrations.CompleteAsync("sqs:sendMessage", arguments, "call-2");
        clock.Now += TimeSpan.FromMinutes(5);
        JsonObject later = await integrations.CompleteAsync("sqs:sendMessage", arguments, "call-3");

        Assert.Equal(first["MessageId"], second["MessageId"]);
        Assert.NotEqual(first["MessageId"], later["MessageId"]);
        Assert.Equal(2, ((JsonArray)(await RunAsync(Receive, """{"MaxNumberOfMessages":10}"""))["Messages"]!).Count);
    }

    [Theory]
    [InlineData(Receive, """{"QueueUrl":"no-such-queue"}""", "Sqs.QueueDoesNotExistException")]
    [InlineData(Receive, """{"QueueUrl":"q","MaxNumberOfMessages":11}""", "Sqs.SqsException")]
    [InlineData(Receive, """{"QueueUrl":"azure-webjobs-x"}""", "Sqs.QueueDoesNotExistException")]
    [InlineData(Delete, """{"QueueUrl":"no-such-queue"}""", "Sqs.SqsException")]
    [InlineData(Delete, """{"QueueUrl":"no-such-queue","ReceiptHandle":"x"}""", "Sqs.ReceiptHandleIsInvalidException")]
    [InlineData("aws-sdk:sqs:sendMessageBatch", """{"QueueUrl":"q"}""", "Sqs.EmptyBatchRequestException")]
    [InlineData("aws-sdk:sqs:sendMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"a"},{"Id":"a"}]}""", "Sqs.BatchEntryIdsNotDistinctException")]
    [InlineData("aws-sdk:sqs:sendMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"a b"}]}""", "Sqs.InvalidBatchEntryIdException")]
    [InlineData("aws-sdk:sqs:sendMessageBatch", """{"QueueUrl":"no-such-queue","Entries":[{"Id":"a","MessageBody":"b"}]}""", "Sqs.QueueDoesNotExistException")]
    [InlineData("azure:queue:receiveMessages", """{}""", "Queue.InvalidArgument")]
    [InlineData("azure:queue:receiveMessages", """{"Queue":"no-such-queue"}""", "Queue.QueueNotFound")]
    [InlineData("azure:queue:deleteMessage", """{"Queue":"no-such-queue","Receipt":"x"}""", "Queue.InvalidReceipt")]
    public async Task WrongCalls_AreRefusedInTheCallersTerms(string resource, string arguments, string error) =>
        Assert.Equal(error, (await _integrations.RejectAsync(resource, arguments)).Error);

    private Task<JsonObject> RunAsync(string resource, string arguments) =>
        _integrations.CompleteAsync(resource, ((JsonObject)JsonValue.Parse(arguments)).With("QueueUrl", _name).ToString(), Guid.NewGuid().ToString());

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
