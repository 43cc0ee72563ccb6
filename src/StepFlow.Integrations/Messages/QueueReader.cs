using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Messages;

/// <summary>Receives messages from storage queues. A received message is hidden from other receivers for some time, until it is removed.</summary>
public sealed class QueueReader
{
    private const int MaxAtOnce = 32;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(5);

    private readonly StorageClients _clients;
    private readonly MessageOptions _options;

    internal QueueReader(StorageClients clients, MessageOptions options) => (_clients, _options) = (clients, options);

    /// <summary>Takes some messages; none where the queue is empty or not there.</summary>
    /// <param name="queue">The queue, as <see cref="MessageOptions.Queues"/> names it.</param>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            QueueMessage[] messages = await Client(Name(queue), QueueMessageEncoding.None).ReceiveMessagesAsync(MaxAtOnce, Hidden, cancellationToken);
            return [.. messages.Select(message => new ReceivedMessage(message.MessageId, QueueText.Read(message.Body.ToString(), _options.Base64), message.DequeueCount, message.PopReceipt))];
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404)
        {
            return [];
        }
    }

    /// <summary>Removes a received message. A message that no longer exists counts as removed.</summary>
    public async Task RemoveAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await Client(Name(queue)).DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404)
        {
            // Another took it after this one's time was up.
        }
    }

    /// <summary>Moves a message that cannot be handled to the queue <c>NAME-poison</c>, as Azure Functions does.</summary>
    public async Task SetAsideAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        QueueClient poison = Client(Name(queue) + "-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await poison.SendMessageAsync(message.Text, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken);
        await RemoveAsync(queue, message, cancellationToken);
    }

    private string Name(string queue) => _options.Queues.TryGetValue(queue, out string? name) ? name : queue;

    private QueueClient Client(string name) => Client(name, _options.Base64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None);

    private QueueClient Client(string name, QueueMessageEncoding encoding) => _clients.Queues(encoding).GetQueueClient(name);
}

/// <summary>A message that was taken out of a queue.</summary>
/// <param name="Id">Its id, the same each time it is taken.</param>
/// <param name="Count">How often it was taken, from 1.</param>
/// <param name="Receipt">What removes it.</param>
public sealed record ReceivedMessage(string Id, string Text, long Count, string Receipt);
