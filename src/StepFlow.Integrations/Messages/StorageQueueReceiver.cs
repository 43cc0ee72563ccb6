using System.Text;
using Azure;
using Azure.Storage.Queues.Models;

namespace StepFlow.Integrations.Messages;

/// <summary>Takes messages out of Azure Storage queues. Attributes travel in the envelope that <see cref="StorageQueueSender"/> writes.</summary>
internal sealed class StorageQueueReceiver(StorageQueues queues) : IMessageReceiver
{
    /// <summary>The default of SQS.</summary>
    private static readonly TimeSpan DefaultHidden = TimeSpan.FromSeconds(30);

    /// <summary>Azure Storage hides a message for a second at least.</summary>
    private static readonly TimeSpan ShortestHidden = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<TakenMessage>?> ReceiveAsync(MessageSource source, int most, TimeSpan? hidden, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (queues.FindToReceive(source.Destination, source.Name, source.Identity) is not { } client)
        {
            return null;
        }

        TimeSpan wanted = hidden ?? DefaultHidden;
        try
        {
            QueueMessage[] messages = await client.ReceiveMessagesAsync(most, wanted > ShortestHidden ? wanted : ShortestHidden, cancellationToken);
            return [.. messages.Select(message => Read(message, queues.AreBase64))];
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    public async Task<MessageRemoval> RemoveAsync(MessageSource source, string receipt, CancellationToken cancellationToken)
    {
        if (queues.Find(source.Destination, source.Name, source.Identity) is not { } client)
        {
            return MessageRemoval.NoQueue;
        }

        if (Parts(receipt) is not { } parts)
        {
            return MessageRemoval.InvalidReceipt;
        }

        try
        {
            await client.DeleteMessageAsync(parts.Id, parts.Pop, cancellationToken);
            return MessageRemoval.Removed;
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == QueueErrorCode.MessageNotFound)
        {
            return MessageRemoval.Removed;
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404)
        {
            return MessageRemoval.NoQueue;
        }
        catch (RequestFailedException refusal) when (refusal.Status == 400)
        {
            return MessageRemoval.InvalidReceipt;
        }
    }

    /// <summary>A storage queue returns a message's content only when it is received. So the content of a receipt's message cannot be copied to another queue.</summary>
    public Task<MessageRemoval> DeadLetterAsync(MessageSource source, string receipt, string? reason, string? description, CancellationToken cancellationToken) =>
        Task.FromResult(queues.Find(source.Destination, source.Name, source.Identity) is null ? MessageRemoval.NoQueue : MessageRemoval.NoDeadLetters);

    private static TakenMessage Read(QueueMessage message, bool isBase64)
    {
        string text = QueueText.Read(message.Body.ToString(), isBase64);
        var envelope = text.StartsWith('{') ? JsonValue.ParseOrNull(text) as JsonObject : null;
        bool isWrapped = envelope is { Count: 2 } && envelope["MessageBody"] is JsonString && envelope["MessageAttributes"] is JsonObject;
        return new(message.MessageId, Receipt(message), isWrapped ? ((JsonString)envelope!["MessageBody"]!).Value : text, message.DequeueCount)
        {
            Attributes = isWrapped ? (JsonObject)envelope!["MessageAttributes"]! : null,
            Sent = message.InsertedOn,
        };
    }

    // A message is removed by its id and its current pop receipt. A workflow has both in one text.
    private static string Receipt(QueueMessage message) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{message.MessageId} {message.PopReceipt}"));

    private static (string Id, string Pop)? Parts(string receipt)
    {
        byte[] bytes = new byte[receipt.Length];
        return Convert.TryFromBase64String(receipt, bytes, out int length) && Encoding.UTF8.GetString(bytes, 0, length).Split(' ') is [{ Length: > 0 } id, { Length: > 0 } pop] ? (id, pop) : null;
    }
}
