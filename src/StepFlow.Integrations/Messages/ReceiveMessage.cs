using System.Globalization;
using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Receives messages from a queue: <c>aws-sdk:sqs:receiveMessage</c> (QueueUrl, MaxNumberOfMessages, VisibilityTimeout,
/// WaitTimeSeconds), and <c>azure:queue:receiveMessages</c> (Queue, MaxMessages, VisibilityTimeout, WaitSeconds)
/// (SQS API, ReceiveMessage). A repetition after a crash receives other messages. The earlier ones become visible again after some time.
/// </summary>
internal sealed class ReceiveMessage(IMessageReceiver receiver, TaskIdentities identities, SettingHints hints, TimeProvider time, string name) : ITaskIntegration
{
    public const string Sdk = "aws-sdk:sqs:receiveMessage";
    public const string Azure = QueueErrors.AzureService + ":receiveMessages";

    private const int Max = 10;
    private const int LongestHidden = 12 * 3600;
    private const int LongestWait = 20;

    public string Name => name;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string queue = arguments.RequiredText(QueueErrors.QueueField(call));
        bool isAzure = QueueErrors.IsAzure(call);
        int most = (int)(arguments.Integer(isAzure ? "MaxMessages" : "MaxNumberOfMessages", 1, Max) ?? 1);
        long? hidden = arguments.Integer("VisibilityTimeout", 0, LongestHidden);
        long wait = arguments.Integer(isAzure ? "WaitSeconds" : "WaitTimeSeconds", 0, LongestWait) ?? 0;
        if (arguments.Problem is { } problem)
        {
            return QueueErrors.Invalid(call, problem);
        }

        var source = new MessageSource(MessageDestination.Queue, ResourceName.Of(queue)) { Identity = identities.NameOf(call) };
        var poll = new MessagePoll(source, most, TimeSpan.FromSeconds(wait)) { Hidden = hidden is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        IReadOnlyList<TakenMessage>? messages = await poll.RunAsync(receiver, call.IdempotencyKey, time, cancellationToken);
        return messages is null ? QueueErrors.NoQueue(call, queue, hints) : new TaskCompleted(Response(messages, isAzure));
    }

    // If there are no messages, SQS leaves the member out.
    private static JsonObject Response(IReadOnlyList<TakenMessage> messages, bool isAzure) => messages.Count == 0 && !isAzure
        ? JsonObject.Empty
        : JsonObject.Create(("Messages", JsonArray.From(messages.Select(message => (JsonValue)(isAzure ? Plain(message) : OfSqs(message))))));

    private static JsonObject Plain(TakenMessage message) => new JsonObjectBuilder()
        .Set("Body", JsonValue.ParseOrNull(message.Body) is JsonObject or JsonArray ? JsonValue.Parse(message.Body) : message.Body)
        .Set("DequeueCount", message.Count)
        .Set("MessageId", message.Id)
        .Set("Receipt", message.Receipt)
        .Build();

    private static JsonObject OfSqs(TakenMessage message)
    {
        JsonObjectBuilder attributes = new JsonObjectBuilder()
            .Set("ApproximateReceiveCount", message.Count.ToString(CultureInfo.InvariantCulture))
            .SetIfPresent("MessageGroupId", message.GroupId)
            .SetIfPresent("SentTimestamp", message.Sent is { } sent ? new JsonString(sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)) : null);
        return new JsonObjectBuilder()
            .Set("Attributes", attributes.Build())
            .Set("Body", message.Body)
            .Set("MD5OfBody", MessageDigest.OfBody(message.Body))
            .SetIfPresent("MD5OfMessageAttributes", message.Attributes is { } given ? new JsonString(MessageDigest.OfAttributes(given)) : null)
            .SetIfPresent("MessageAttributes", message.Attributes)
            .Set("MessageId", message.Id)
            .Set("ReceiptHandle", message.Receipt)
            .Build();
    }
}
