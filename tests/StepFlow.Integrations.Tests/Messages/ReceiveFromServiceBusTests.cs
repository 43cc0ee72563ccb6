using Azure.Storage.Queues;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Messages;

/// <summary>Taking and settling messages by the names of Service Bus, on a host that has storage queues.</summary>
public sealed class ReceiveFromServiceBusTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _name = "q" + Guid.NewGuid().ToString("N");
    private readonly TestIntegrations _integrations = new([("Storage:ConnectionString", azurite.ConnectionString)]);

    public async ValueTask InitializeAsync() => await new QueueClient(azurite.ConnectionString, _name).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _integrations.DisposeAsync();

    [Fact]
    public async Task Message_IsReceivedAndCompletedOnce()
    {
        await _integrations.CompleteAsync("azure:servicebus:sendMessage", $$$"""{"Queue":"{{{_name}}}","Body":{"a":1}}""");

        var messages = (JsonArray)(await _integrations.CompleteAsync("azure:servicebus:receiveMessages", $$"""{"Queue":"{{_name}}","MaxMessages":5}"""))["Messages"]!;
        var message = (JsonObject)Assert.Single(messages);
        string settle = $$"""{"Queue":"{{_name}}","Receipt":{{message["Receipt"]}}}""";

        Assert.Equal("""{"a":1}""", message["Body"]!.ToString());
        Assert.Empty(await _integrations.CompleteAsync("azure:servicebus:completeMessage", settle));
        Assert.Empty(await _integrations.CompleteAsync("azure:servicebus:completeMessage", settle));
        Assert.Empty((JsonArray)(await _integrations.CompleteAsync("azure:servicebus:receiveMessages", $$"""{"Queue":"{{_name}}"}"""))["Messages"]!);
    }

    [Theory]
    [InlineData("receiveMessages", "{}", "ServiceBus.InvalidArgument")]
    [InlineData("receiveMessages", """{"Queue":"q","Topic":"t"}""", "ServiceBus.InvalidArgument")]
    [InlineData("receiveMessages", """{"Topic":"t"}""", "ServiceBus.InvalidArgument")]
    [InlineData("receiveMessages", """{"Queue":"q","Subscription":"s"}""", "ServiceBus.InvalidArgument")]
    [InlineData("receiveMessages", """{"Queue":"q","MaxMessages":11}""", "ServiceBus.InvalidArgument")]
    [InlineData("receiveMessages", """{"Queue":"missing"}""", "ServiceBus.EntityNotFound")]
    [InlineData("completeMessage", """{"Queue":"q"}""", "ServiceBus.InvalidArgument")]
    [InlineData("completeMessage", """{"Queue":"NAME","Receipt":"x"}""", "ServiceBus.InvalidReceipt")]
    [InlineData("deadLetterMessage", """{"Queue":"NAME","Receipt":"x","Reason":"r"}""", "ServiceBus.NotSupported")]
    public async Task Call_ThatCannotBe_IsRefused(string action, string arguments, string error)
    {
        TaskRejected rejected = await _integrations.RejectAsync("azure:servicebus:" + action, arguments.Replace("NAME", _name, StringComparison.Ordinal));

        Assert.Equal(error, rejected.Error);
    }
}
