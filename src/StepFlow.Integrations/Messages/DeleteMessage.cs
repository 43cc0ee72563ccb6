using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Removes a message that was received: <c>aws-sdk:sqs:deleteMessage</c> (QueueUrl, ReceiptHandle), and
/// <c>azure:queue:deleteMessage</c> (Queue, Receipt) (SQS API, DeleteMessage).
/// </summary>
internal sealed class DeleteMessage(IMessageReceiver receiver, TaskIdentities identities, SettingHints hints, string name) : ITaskIntegration
{
    public const string Sdk = "aws-sdk:sqs:deleteMessage";
    public const string Azure = QueueErrors.AzureService + ":deleteMessage";

    public string Name => name;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string queue = arguments.RequiredText(QueueErrors.QueueField(call));
        string receipt = arguments.RequiredText(QueueErrors.IsAzure(call) ? "Receipt" : "ReceiptHandle");
        if (arguments.Problem is { } problem)
        {
            return QueueErrors.Invalid(call, problem);
        }

        var source = new MessageSource(MessageDestination.Queue, ResourceName.Of(queue)) { Identity = identities.NameOf(call) };
        return await receiver.RemoveAsync(source, receipt, cancellationToken) switch
        {
            MessageRemoval.NoQueue => QueueErrors.NoQueue(call, queue, hints),
            MessageRemoval.InvalidReceipt => QueueErrors.InvalidReceipt(call),
            _ => new TaskCompleted(JsonObject.Empty),
        };
    }
}
