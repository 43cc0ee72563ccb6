using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary><c>sns:publish</c> and <c>aws-sdk:sns:publish</c>: sends a message to a topic (SNS API, Publish).</summary>
internal sealed class Publish(INotificationSender sender, TaskIdentities identities, SettingHints hints, TimeProvider time, bool sdk) : ITaskIntegration
{
    // The length of a response of the query protocol with a message id of 36 characters, and of the line with the sequence number.
    private const int ResponseLength = 294;
    private const int SequenceLength = 38;

    public string Name => sdk ? "aws-sdk:sns:publish" : "sns:publish";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string? topic = arguments.Text("TopicArn") ?? arguments.Text("TargetArn");
        JsonValue? message = arguments.Value("Message");
        string? subject = arguments.Text("Subject");
        string? groupId = arguments.Text("MessageGroupId");
        string? deduplicationId = arguments.Text("MessageDeduplicationId");
        JsonObject? attributes = arguments.Object("MessageAttributes");
        if (string.IsNullOrEmpty(topic))
        {
            arguments.Refuse("TopicArn or TargetArn Reason: no value for required parameter");
        }
        else if (topic.EndsWith(".fifo", StringComparison.Ordinal) && groupId is null)
        {
            arguments.Refuse("The MessageGroupId parameter is required for FIFO topics");
        }

        if (arguments.Problem is { } problem)
        {
            return AwsService.Sns.Fail(call, AwsFailure.Modelled("InvalidParameter", "Invalid parameter: " + problem));
        }

        string name = ResourceName.Of(topic!);
        var outgoing = new OutgoingMessage
        {
            Destination = MessageDestination.Topic,
            Name = name,
            Body = message switch { null => string.Empty, JsonString text => text.Value, _ => message.ToString() },
            Subject = subject,
            Attributes = attributes,
            GroupId = groupId,
            DeduplicationId = deduplicationId,
            Identity = identities.NameOf(call),
            IdempotencyKey = call.IdempotencyKey,
        };
        try
        {
            SentMessage? sent = await sender.SendAsync(outgoing, cancellationToken);
            return sent is null
                ? AwsService.Sns.Fail(call, AwsFailure.Modelled("NotFound", "Topic does not exist", 404), hints.Add($"Messages:Topics:{name}", "Storage:ConnectionString"))
                : Response(call, sent);
        }
        catch (MessageRefusedException refusal)
        {
            return AwsService.Sns.Fail(call, AwsFailure.Modelled("InvalidParameter", "Invalid parameter: Message Reason: " + refusal.Message));
        }
    }

    private TaskCompleted Response(TaskCall call, SentMessage sent)
    {
        JsonObjectBuilder response = new JsonObjectBuilder()
            .Set("MessageId", sent.MessageId)
            .SetIfPresent("SequenceNumber", sent.SequenceNumber);
        int length = ResponseLength + (sent.SequenceNumber is { } digits ? SequenceLength + digits.Length : 0);
        return new(SdkMetadata.AddTo(response, call, time.GetUtcNow(), "text/xml", length, ("connection", "keep-alive")).Build());
    }
}
