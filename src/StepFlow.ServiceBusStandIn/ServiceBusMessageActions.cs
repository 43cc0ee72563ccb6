using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Stands in for the class of the package Microsoft.Azure.Functions.Worker.Extensions.ServiceBus: what this app uses of it.</summary>
public class ServiceBusMessageActions
{
    private const string Missing = "This app was built without the package Microsoft.Azure.Functions.Worker.Extensions.ServiceBus.";

    /// <summary>For tests.</summary>
    protected ServiceBusMessageActions()
    {
    }

    /// <summary>Takes a message off its queue.</summary>
    /// <exception cref="NotSupportedException">Always: only the package can.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Missing);

    /// <summary>Moves a message to the dead letters.</summary>
    /// <exception cref="NotSupportedException">Always: only the package can.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Missing);
}
