namespace StepFlow.Integrations.Messages;

/// <summary>Sends messages to queues, topics and event buses. Azure Storage queues on one machine, Service Bus on Azure.</summary>
public interface INotificationSender
{
    /// <summary>Sends a message; when it returns, the message is kept durably.</summary>
    /// <returns>The message's id; null where there is no such destination.</returns>
    /// <exception cref="MessageRefusedException">The destination cannot take the message.</exception>
    Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
