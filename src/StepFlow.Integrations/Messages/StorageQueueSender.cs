using System.Text;
using System.Xml;
using Azure;
using Azure.Storage.Queues.Models;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Sends messages to Azure Storage queues. These contain only a text. Attributes are sent in an envelope
/// <c>{"MessageBody": …, "MessageAttributes": …}</c>, and a topic's message in the envelope of SNS. Groups have no order.
/// </summary>
internal sealed class StorageQueueSender(StorageQueues queues, MessageOptions options, MessageDeduplication duplicates, TimeProvider time) : INotificationSender
{
    /// <summary>The maximum size of an encoded message in bytes (Azure Storage, "Scalability and performance targets for Queue Storage").</summary>
    private const int MaxBytes = 64 * 1024;

    public async Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (queues.Find(message.Destination, message.Name, message.Identity) is not { } queue)
        {
            return null;
        }

        string text = Checked(Text(message));
        try
        {
            return await duplicates.SendAsync(message, queue.Name, async () =>
            {
                if (options.CreateMissing)
                {
                    await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                }

                SendReceipt receipt = await queue.SendMessageAsync(text, message.Delay, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken);
                return new(receipt.MessageId);
            }, cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is "QueueNotFound" or "InvalidResourceName" or "OutOfRangeInput")
        {
            return null;
        }
    }

    private string Checked(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        int carried = options.Base64 ? (bytes + 2) / 3 * 4 : bytes;
        if (carried > MaxBytes)
        {
            throw new MessageRefusedException($"The message has {carried} bytes in the queue's encoding, but a storage queue accepts at most {MaxBytes}. Store the data elsewhere and send its address.");
        }

        return options.Base64 || text.All(XmlConvert.IsXmlChar)
            ? text
            : throw new MessageRefusedException("The message contains characters that a storage queue supports only as Base64. Set 'StepFlow:Messages:Base64' to true.");
    }

    private string Text(OutgoingMessage message)
    {
        if (message.Destination == MessageDestination.Topic && !options.RawMessageDelivery)
        {
            return new JsonObjectBuilder()
                .Set("Type", "Notification")
                .Set("MessageId", RequestId.Derive(message.IdempotencyKey, "message"))
                .Set("TopicArn", message.Name)
                .SetIfPresent("Subject", message.Subject)
                .Set("Message", message.Body)
                .Set("Timestamp", IsoTime.Milliseconds(time.GetUtcNow()))
                .SetIfPresent("MessageAttributes", message.Attributes)
                .Build().ToString();
        }

        return message.Attributes is { } attributes
            ? JsonObject.Create(("MessageBody", message.Body), ("MessageAttributes", attributes)).ToString()
            : message.Body;
    }
}
