using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Functions.Notifications;

/// <summary>
/// Receives messages from Service Bus by deferring them. A lock would belong to this process, but the task that settles a message
/// can run in another one. A deferred message can only be received by its sequence number, which is the receipt. The numbers are
/// stored before the messages are deferred, so a repeated call finds the messages that the call before had received.
/// </summary>
internal sealed class ServiceBusMessageReceiver(ServiceBusClients clients, ITaskNotes notes) : IMessageReceiver, IAsyncDisposable
{
    /// <summary>The maximum wait for messages. If the queue looks empty, the caller tries once more.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(ServiceBusClient Client, MessageSource Source), ServiceBusReceiver> _receivers = new();

    public async Task<IReadOnlyList<TakenMessage>?> ReceiveAsync(MessageSource source, int most, TimeSpan? hidden, string idempotencyKey, CancellationToken cancellationToken)
    {
        string key = idempotencyKey + "/messages";
        ServiceBusReceiver receiver = Receiver(source);
        try
        {
            if (await notes.FindAsync(key, cancellationToken) is JsonArray numbers && await FindAsync(receiver, numbers, cancellationToken) is { Count: > 0 } taken)
            {
                return taken;
            }

            IReadOnlyList<ServiceBusReceivedMessage> messages = await receiver.ReceiveMessagesAsync(most, Wait, cancellationToken);
            if (messages.Count == 0)
            {
                return [];
            }

            // From here on the call is not cancelled. Otherwise only a repetition would know the deferred message.
            await notes.StoreAsync(key, JsonArray.From(messages.Select(static message => (JsonValue)message.SequenceNumber)), CancellationToken.None);
            foreach (ServiceBusReceivedMessage message in messages)
            {
                await receiver.DeferMessageAsync(message, cancellationToken: CancellationToken.None);
            }

            return [.. messages.Select(static message => Read(message))];
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

    public Task<MessageRemoval> RemoveAsync(MessageSource source, string receipt, CancellationToken cancellationToken) =>
        SettleAsync(source, receipt, (receiver, message) => receiver.CompleteMessageAsync(message, cancellationToken), cancellationToken);

    public Task<MessageRemoval> DeadLetterAsync(MessageSource source, string receipt, string? reason, string? description, CancellationToken cancellationToken) =>
        SettleAsync(source, receipt, (receiver, message) => receiver.DeadLetterMessageAsync(message, reason, description, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceBusReceiver receiver in _receivers.Values)
        {
            await receiver.DisposeAsync();
        }
    }

    private async Task<MessageRemoval> SettleAsync(
        MessageSource source, string receipt, Func<ServiceBusReceiver, ServiceBusReceivedMessage, Task> settle, CancellationToken cancellationToken)
    {
        if (!long.TryParse(receipt, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return MessageRemoval.InvalidReceipt;
        }

        ServiceBusReceiver receiver = Receiver(source);
        try
        {
            await settle(receiver, await receiver.ReceiveDeferredMessageAsync(number, cancellationToken));
            return MessageRemoval.Removed;
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            return MessageRemoval.NoQueue;
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.MessageNotFound)
        {
            // An attempt that broke off may have the message locked: as long as it is there, it is not settled, and the host tries again.
            return await PeekAsync(receiver, number, cancellationToken) is null ? MessageRemoval.Removed : throw new TaskOutageException($"The message {receipt} is locked by an earlier attempt.", e);
        }
        catch (ServiceBusException e) when (e.IsTransient)
        {
            throw new TaskOutageException(e.Message, e);
        }
    }

    /// <summary>The messages of an earlier attempt that are still deferred. The others were not deferred, and are still in the queue.</summary>
    private static async Task<List<TakenMessage>> FindAsync(ServiceBusReceiver receiver, JsonArray numbers, CancellationToken cancellationToken)
    {
        var found = new List<TakenMessage>();
        foreach (JsonNumber number in numbers.OfType<JsonNumber>())
        {
            number.TryGetInt64(out long sequence);
            if (await PeekAsync(receiver, sequence, cancellationToken) is { State: ServiceBusMessageState.Deferred } message)
            {
                found.Add(Read(message));
            }
        }

        return found;
    }

    /// <summary>A message by its number, without receiving it; null if it no longer exists.</summary>
    private static async Task<ServiceBusReceivedMessage?> PeekAsync(ServiceBusReceiver receiver, long number, CancellationToken cancellationToken) =>
        await receiver.PeekMessageAsync(number, cancellationToken) is { } message && message.SequenceNumber == number ? message : null;

    private ServiceBusReceiver Receiver(MessageSource source) => _receivers.GetOrAdd(
        (clients.For(source.Identity), source with { Identity = null }),
        static key => key.Source.Subscription is { } subscription
            ? key.Client.CreateReceiver(key.Source.Name, subscription)
            : key.Client.CreateReceiver(key.Source.Name));

    private static TakenMessage Read(ServiceBusReceivedMessage message) => new(
        message.MessageId, message.SequenceNumber.ToString(CultureInfo.InvariantCulture), message.Body.ToString(), message.DeliveryCount)
    {
        Attributes = message.ApplicationProperties.Count == 0 ? null : JsonObject.Create([.. message.ApplicationProperties.Select(Attribute)]),
        Sent = message.EnqueuedTime,
        Subject = message.Subject,
        GroupId = message.SessionId,
    };

    /// <summary>A property in the form of SQS.</summary>
    private static (string Name, JsonValue Value) Attribute(KeyValuePair<string, object> property) => (property.Key, JsonObject.Create(
        ("DataType", property.Value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal ? "Number" : "String"),
        ("StringValue", Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? string.Empty)));
}
