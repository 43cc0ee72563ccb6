namespace StepFlow.Integrations.Messages;

/// <summary>Takes messages out of queues for workflows. Azure Storage queues on one machine, Service Bus on Azure.</summary>
public interface IMessageReceiver
{
    /// <summary>Takes messages; others do not see them for a while.</summary>
    /// <param name="queue">The queue's name, without ARN or URL around it.</param>
    /// <param name="most">At most so many, from 1 to 10.</param>
    /// <param name="hidden">How long others do not see them; null for the queue's own time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The messages, none where the queue is empty; null where there is no such queue.</returns>
    Task<IReadOnlyList<TakenMessage>?> ReceiveAsync(string queue, int most, TimeSpan? hidden, CancellationToken cancellationToken);

    /// <summary>Removes a message that was taken.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="receipt">The receipt of <see cref="TakenMessage"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What became of it.</returns>
    Task<MessageRemoval> RemoveAsync(string queue, string receipt, CancellationToken cancellationToken);
}

/// <summary>What became of a message that was to be removed.</summary>
public enum MessageRemoval
{
    /// <summary>It is gone, by this call or before.</summary>
    Removed,

    /// <summary>There is no such queue.</summary>
    NoQueue,

    /// <summary>The receipt is none, or its time was up and others see the message again.</summary>
    InvalidReceipt,
}
