using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// <c>azure:servicebus:completeMessage</c> and <c>azure:servicebus:deadLetterMessage</c>: settles a message of
/// <c>receiveMessages</c> by its <c>Receipt</c>. A repetition changes nothing.
/// </summary>
/// <param name="identities">The identities that tasks choose.</param>
/// <param name="isDeadLetter">Whether the message is moved to the dead-letter queue, with <c>Reason</c> and <c>Description</c>.</param>
internal sealed class SettleServiceBusMessage(IMessageReceiver receiver, TaskIdentities identities, SettingHints hints, bool isDeadLetter) : ITaskIntegration
{
    public string Name => ServiceBusArguments.Service + (isDeadLetter ? ":deadLetterMessage" : ":completeMessage");

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        MessageSource source = ServiceBusArguments.Source(arguments, call, identities);
        string receipt = arguments.RequiredText("Receipt");
        string? reason = isDeadLetter ? arguments.Text("Reason") : null;
        string? description = isDeadLetter ? arguments.Text("Description") : null;
        if (arguments.Problem is { } problem)
        {
            return ServiceBusArguments.Invalid(problem);
        }

        MessageRemoval removal = isDeadLetter
            ? await receiver.DeadLetterAsync(source, receipt, reason, description, cancellationToken)
            : await receiver.RemoveAsync(source, receipt, cancellationToken);
        return removal switch
        {
            MessageRemoval.NoQueue => ServiceBusArguments.NotFound(source, hints),
            MessageRemoval.InvalidReceipt => new TaskRejected("ServiceBus.InvalidReceipt", "The receipt is not one that receiveMessages returned for this queue or subscription."),
            MessageRemoval.NoDeadLetters => new TaskRejected(
                "ServiceBus.NotSupported", "This host uses a storage queue, which has no dead-letter queue. Send the message to a queue of its own, and complete it."),
            _ => new TaskCompleted(JsonObject.Empty),
        };
    }
}
