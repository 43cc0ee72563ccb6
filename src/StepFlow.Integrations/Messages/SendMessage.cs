using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// Sends a message to a queue: <c>sqs:sendMessage</c>, <c>aws-sdk:sqs:sendMessage</c> (QueueUrl, MessageBody), and
/// <c>azure:queue:sendMessage</c> (Queue, MessageBody) (SQS API, SendMessage).
/// </summary>
internal sealed class SendMessage(INotificationSender sender, TaskIdentities identities, SettingHints hints, TimeProvider time, string name) : ITaskIntegration
{
    public const string Optimised = "sqs:sendMessage";
    public const string Sdk = "aws-sdk:sqs:sendMessage";
    public const string Azure = QueueErrors.AzureService + ":sendMessage";

    private const int LongestDelaySeconds = 900;

    public string Name => name;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string queue = arguments.RequiredText(QueueErrors.QueueField(call));
        JsonValue? body = arguments.Value("MessageBody");
        JsonObject? attributes = arguments.Object("MessageAttributes");
        string? groupId = arguments.Text("MessageGroupId");
        string? deduplicationId = arguments.Text("MessageDeduplicationId");
        long delay = arguments.Integer("DelaySeconds", 0, LongestDelaySeconds) ?? 0;
        if (body is null)
        {
            return QueueErrors.Missing(call, "MessageBody");
        }

        if (arguments.Problem is { } problem)
        {
            return QueueErrors.Invalid(call, problem);
        }

        string text = body is JsonString plain ? plain.Value : body.ToString();
        var message = new OutgoingMessage
        {
            Destination = MessageDestination.Queue,
            Name = ResourceName.Of(queue),
            Body = text,
            Attributes = attributes,
            GroupId = groupId,
            DeduplicationId = deduplicationId,
            Delay = TimeSpan.FromSeconds(delay),
            Identity = identities.NameOf(call),
            IdempotencyKey = call.IdempotencyKey,
        };
        try
        {
            SentMessage? sent = await sender.SendAsync(message, cancellationToken);
            return sent is null ? QueueErrors.NoQueue(call, queue, hints)
                : name == Azure ? new TaskCompleted(JsonObject.Create(("MessageId", sent.MessageId)))
                : Response(call, sent, text, attributes);
        }
        catch (MessageRefusedException refusal)
        {
            return QueueErrors.Refused(call, refusal.Message);
        }
    }

    private TaskCompleted Response(TaskCall call, SentMessage sent, string body, JsonObject? attributes)
    {
        JsonObjectBuilder response = new JsonObjectBuilder()
            .SetIfPresent("MD5OfMessageAttributes", attributes is null ? null : new JsonString(MessageDigest.OfAttributes(attributes)))
            .Set("MD5OfMessageBody", MessageDigest.OfBody(body))
            .Set("MessageId", sent.MessageId)
            .SetIfPresent("SequenceNumber", sent.SequenceNumber);
        long length = response.Build().Utf8Length;
        return new(SdkMetadata.AddTo(response, call, time.GetUtcNow(), SdkMetadata.Json10, length, ("connection", "keep-alive")).Build());
    }
}
