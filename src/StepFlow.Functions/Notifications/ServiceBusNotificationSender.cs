using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Notifications;

/// <summary>
/// Sends messages with Service Bus, to the queue or topic with the destination's name. The message id is the deduplication id or the
/// call's idempotency key. So a repeated call sends nothing twice if the entity detects duplicates.
/// </summary>
internal sealed class ServiceBusNotificationSender(ServiceBusClients clients, TimeProvider time) : INotificationSender, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(ServiceBusClient Client, string Name), ServiceBusSender> _senders = new();

    public async Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ServiceBusMessage outgoing = Message(message, time.GetUtcNow());
        try
        {
            await _senders.GetOrAdd((clients.For(message.Identity), message.Name), static key => key.Client.CreateSender(key.Name)).SendMessageAsync(outgoing, cancellationToken);
            return new(outgoing.MessageId);
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            return null;
        }
        catch (ServiceBusException e) when (e.IsTransient)
        {
            throw new TaskOutageException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceBusSender sender in _senders.Values)
        {
            await sender.DisposeAsync();
        }
    }

    /// <summary>The message as Service Bus takes it.</summary>
    internal static ServiceBusMessage Message(OutgoingMessage message, DateTimeOffset now)
    {
        var outgoing = new ServiceBusMessage(message.Body)
        {
            MessageId = Id(message.DeduplicationId ?? message.IdempotencyKey),
            ContentType = "application/json",
        };
        if (message.Subject is { } subject)
        {
            outgoing.Subject = subject;
        }

        if (message.GroupId is { } group)
        {
            outgoing.SessionId = group;
        }

        if (message.Delay > TimeSpan.Zero)
        {
            outgoing.ScheduledEnqueueTime = now + message.Delay;
        }

        foreach (KeyValuePair<string, JsonValue> attribute in message.Attributes ?? JsonObject.Empty)
        {
            if (attribute.Value is JsonObject value && value["StringValue"] is JsonString text)
            {
                outgoing.ApplicationProperties[attribute.Key] = text.Value;
            }
        }

        return outgoing;
    }

    /// <summary>A message id has at most 128 characters; an idempotency key holds a whole ARN.</summary>
    private static string Id(string key) =>
        key.Length <= 128 ? key : TextHash.Of(key);
}
