namespace StepFlow.Integrations.Messages;

/// <summary>Takes messages out of queues for workflows. Azure Storage queues on one machine, Service Bus on Azure.</summary>
public interface IMessageReceiver
{
    /// <summary>Takes messages; others do not see them for a while, or until they are settled.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="most">At most so many, from 1 to 10.</param>
    /// <param name="hidden">How long the messages are hidden from other receivers, if the queue makes them visible again; null for the default of the queue.</param>
    /// <param name="idempotencyKey">The same for every repetition of the call. If possible, a repetition receives the same messages.</param>
    /// <returns>The messages, empty if the queue is empty; null if the queue does not exist.</returns>
    Task<IReadOnlyList<TakenMessage>?> ReceiveAsync(MessageSource source, int most, TimeSpan? hidden, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Removes a message that was taken.</summary>
    /// <param name="source">Where it was taken.</param>
    /// <param name="receipt">The receipt of <see cref="TakenMessage"/>.</param>
    /// <returns>What became of it.</returns>
    Task<MessageRemoval> RemoveAsync(MessageSource source, string receipt, CancellationToken cancellationToken);

    /// <summary>Moves a received message to the dead-letter queue.</summary>
    /// <param name="source">Where it was taken.</param>
    /// <param name="receipt">The receipt of <see cref="TakenMessage"/>.</param>
    /// <param name="reason">Why, in a word; null for none.</param>
    /// <param name="description">Why, for people; null for none.</param>
    /// <returns>What became of it.</returns>
    Task<MessageRemoval> DeadLetterAsync(MessageSource source, string receipt, string? reason, string? description, CancellationToken cancellationToken);
}

/// <summary>What became of a message that was to be removed.</summary>
public enum MessageRemoval
{
    /// <summary>The message was removed, by this call or before.</summary>
    Removed,

    /// <summary>The queue does not exist.</summary>
    NoQueue,

    /// <summary>The receipt is not valid, or has expired and the message is visible again.</summary>
    InvalidReceipt,

    /// <summary>The queue has no dead-letter queue.</summary>
    NoDeadLetters,
}
