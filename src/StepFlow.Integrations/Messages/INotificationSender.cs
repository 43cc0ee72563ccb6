namespace StepFlow.Integrations.Messages;

/// <summary>Sends messages to queues, topics and event buses. Azure Storage queues on one machine, Service Bus on Azure.</summary>
public interface INotificationSender
{
    /// <summary>Sends a message. When it returns, the message is stored durably.</summary>
    /// <returns>The message's id; null if the destination does not exist.</returns>
    /// <exception cref="MessageRefusedException">The destination cannot take the message.</exception>
    Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
