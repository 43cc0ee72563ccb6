using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Messages;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Messages;

/// <summary><c>azure:servicebus:sendMessage</c>: what the host's sender is given.</summary>
public sealed class SendToServiceBusTests
{
    [Theory]
    [InlineData("""{"Queue":"orders","Body":{"a":1},"SessionId":"s","MessageId":"m","DelaySeconds":60}""", MessageDestination.Queue, """{"a":1}""", 60)]
    [InlineData("""{"Topic":"orders","Body":"text","Subject":"s","ScheduledEnqueueTime":"2020-01-01T00:00:00Z"}""", MessageDestination.Topic, "text", 0)]
    public async Task Message_ReachesTheSenderWhole(string arguments, MessageDestination destination, string body, int delay)
    {
        var sender = new Sender();
        await using var integrations = new TestIntegrations([], services => services.AddSingleton<INotificationSender>(sender));

        JsonObject result = await integrations.CompleteAsync("azure:servicebus:sendMessage", arguments);

        Assert.Equal("""{"MessageId":"sent-1"}""", result.ToString());
        Assert.Equal((destination, "orders", body, TimeSpan.FromSeconds(delay)), (sender.Sent!.Destination, sender.Sent.Name, sender.Sent.Body, sender.Sent.Delay));
        Assert.Equal(destination == MessageDestination.Queue ? ("s", "m") : (null, null), (sender.Sent.GroupId, sender.Sent.DeduplicationId));
    }

    private sealed class Sender : INotificationSender
    {
        public OutgoingMessage? Sent { get; private set; }

        public Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Sent = message;
            return Task.FromResult<SentMessage?>(new("sent-1"));
        }
    }
}
