using Azure.Messaging.ServiceBus;
using StepFlow.Functions.Notifications;
using StepFlow.Integrations.Messages;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Notifications;

public sealed class ServiceBusNotificationSenderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly OutgoingMessage Plain = new()
    {
        Destination = MessageDestination.Queue,
        Name = "q",
        Body = "the text",
        IdempotencyKey = "key",
    };

    [Fact]
    public void Message_WithNothingSpecial_HasTheIdempotencyKeyAsId()
    {
        ServiceBusMessage message = ServiceBusNotificationSender.Message(Plain, Now);

        Assert.Equal(("key", "the text"), (message.MessageId, message.Body.ToString()));
        Assert.Null(message.SessionId);
        Assert.Null(message.Subject);
        Assert.Equal(default, message.ScheduledEnqueueTime);
        Assert.Empty(message.ApplicationProperties);
    }

    [Fact]
    public void Message_WithADeduplicationId_HasThatAsId() =>
        Assert.Equal("dedup", ServiceBusNotificationSender.Message(Plain with { DeduplicationId = "dedup" }, Now).MessageId);

    [Fact]
    public void Message_WithALongKey_HasAStableIdThatServiceBusTakes()
    {
        string id = Id(new string('a', 200));

        Assert.InRange(id.Length, 1, 128);
        Assert.Equal(id, Id(new string('a', 200)));
        Assert.NotEqual(id, Id(new string('a', 200) + "b"));
        Assert.Equal(new string('a', 128), Id(new string('a', 128)));
    }

    [Fact]
    public void Message_WithGroupDelayAndAttributes_CarriesThem()
    {
        ServiceBusMessage message = ServiceBusNotificationSender.Message(
            Plain with
            {
                Subject = "about",
                GroupId = "group",
                Delay = TimeSpan.FromSeconds(90),
                Attributes = JsonObject.Create(("colour", JsonObject.Create(("DataType", "String"), ("StringValue", "red")))),
            },
            Now);

        Assert.Equal(("about", "group", Now.AddSeconds(90)), (message.Subject, message.SessionId, message.ScheduledEnqueueTime));
        Assert.Equal([new("colour", "red")], message.ApplicationProperties);
    }

    private static string Id(string key) => ServiceBusNotificationSender.Message(Plain with { IdempotencyKey = key }, Now).MessageId;
}
