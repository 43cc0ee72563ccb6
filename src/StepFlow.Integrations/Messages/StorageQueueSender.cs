using System.IO.Enumeration;
using System.Text;
using System.Xml;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Integrations.Answers;
using StepFlow.Integrations.Storage;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Sends to Azure Storage queues. These carry a text and nothing else: attributes travel in an envelope
/// <c>{"MessageBody": …, "MessageAttributes": …}</c>, a topic's message in the envelope of SNS; groups have no order.
/// </summary>
internal sealed class StorageQueueSender(StorageClients clients, MessageOptions options, IEnumerable<ReservedQueues> reserved, TimeProvider time) : INotificationSender
{
    /// <summary>Bytes that a message may have as it is carried (Azure Storage, "Scalability and performance targets for Queue Storage").</summary>
    private const int MostBytes = 64 * 1024;

    private readonly string[] _reserved = [.. ReservedQueues.OfPlatform.Patterns, .. reserved.SelectMany(static one => one.Patterns)];

    private readonly Lazy<QueueServiceClient> _service =
        new(() => clients.Queues(options.Base64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None));

    public async Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (!clients.IsConfigured || QueueOf(message) is not { } name || !StorageNames.IsContainerOrQueue(name) || _reserved.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
        {
            return null;
        }

        try
        {
            QueueClient queue = _service.Value.GetQueueClient(name);
            if (options.CreateMissing)
            {
                await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }

            SendReceipt receipt = await queue.SendMessageAsync(Checked(Text(message)), message.Delay, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken);
            return new(receipt.MessageId);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is "QueueNotFound" or "InvalidResourceName" or "OutOfRangeInput")
        {
            return null;
        }
    }

    private string? QueueOf(OutgoingMessage message) => message.Destination switch
    {
        MessageDestination.Queue => options.Queues.TryGetValue(message.Name, out string? queue) ? queue : message.Name,
        MessageDestination.Topic => options.Topics.TryGetValue(message.Name, out string? topic) ? topic : message.Name,
        _ => options.EventBuses.TryGetValue(message.Name, out string? bus) ? bus : null,
    };

    private string Checked(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        int carried = options.Base64 ? (bytes + 2) / 3 * 4 : bytes;
        if (carried > MostBytes)
        {
            throw new MessageRefusedException($"The message has {carried} bytes as the queue carries it, and a storage queue takes {MostBytes}. Send where the data is instead of the data.");
        }

        return options.Base64 || text.All(XmlConvert.IsXmlChar)
            ? text
            : throw new MessageRefusedException("The message holds characters that a storage queue carries only as Base64: set 'StepFlow:Messages:Base64' to true.");
    }

    private string Text(OutgoingMessage message)
    {
        if (message.Destination == MessageDestination.Topic && !options.RawMessageDelivery)
        {
            return new JsonObjectBuilder()
                .Set("Type", "Notification")
                .Set("MessageId", RequestId.Derive(message.IdempotencyKey, "message"))
                .Set("TopicArn", message.Name)
                .SetIfPresent("Subject", message.Subject is { } subject ? new JsonString(subject) : null)
                .Set("Message", message.Body)
                .Set("Timestamp", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture))
                .SetIfPresent("MessageAttributes", message.Attributes)
                .Build().ToString();
        }

        return message.Attributes is { } attributes
            ? JsonObject.Create(("MessageBody", message.Body), ("MessageAttributes", attributes)).ToString()
            : message.Body;
    }
}
