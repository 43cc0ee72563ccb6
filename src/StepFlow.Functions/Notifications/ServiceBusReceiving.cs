using StepFlow.Integrations.Messages;

namespace StepFlow.Functions.Notifications;

/// <summary>
/// Says that a task cannot take messages out of a queue of Service Bus: the lock of a message belongs to the process that took
/// it, and the task that removes it may run in another one.
/// </summary>
internal sealed class ServiceBusReceiving : IMessageReceiver
{
    public Task<IReadOnlyList<TakenMessage>?> ReceiveAsync(string queue, int most, TimeSpan? hidden, CancellationToken cancellationToken) => throw Refusal(queue);

    public Task<MessageRemoval> RemoveAsync(string queue, string receipt, CancellationToken cancellationToken) => throw Refusal(queue);

    private static NotSupportedException Refusal(string queue) => new(
        $"A task cannot take messages out of the Service Bus queue '{queue}', because another instance of the app could not remove them. " +
        "Start an execution for each message: see the setting 'StepFlow:Triggers', or forward the queue with a function.");
}
