using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Topics.</summary>
internal sealed class SnsDouble(AwsResponses responses)
{
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private readonly List<(string Topic, string QueueArn, SqsDouble Queues)> _subscriptions = [];
    private long _sequence = 10_000_000_000_000_000;

    public void Add(string arn) => _topics.Add(arn);

    public void Delete(string arn) => _topics.Remove(arn);

    /// <summary>Gives each message of a topic to a queue, by the queue's ARN.</summary>
    public void Subscribe(string topic, string queueArn, SqsDouble queues) => _subscriptions.Add((topic, queueArn, queues));

    public TaskOutcome Publish(TaskCall call)
    {
        string arn = AwsResponses.Text(call.Arguments, "TopicArn") ?? string.Empty;
        if (!_topics.Contains(arn))
        {
            return AwsResponses.Failed("SNS.NotFoundException", "Topic does not exist", "AmazonSNS", 404, "NotFound");
        }

        bool ordered = arn.EndsWith(".fifo", StringComparison.Ordinal);
        if (ordered && AwsResponses.Text(call.Arguments, "MessageGroupId") is null)
        {
            return AwsResponses.Failed("SNS.InvalidParameterException", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics", "AmazonSNS", 400, "InvalidParameter");
        }

        string id = AwsResponses.NewId();
        JsonObject response = JsonObject.Create(("MessageId", id));
        foreach ((string topic, string queueArn, SqsDouble queues) in _subscriptions)
        {
            if (topic == arn)
            {
                queues.Deliver(queueArn, Notification(call, arn, id).ToString());
            }
        }

        return new TaskCompleted(responses.WithMetadata(
            ordered ? response.With("SequenceNumber", (++_sequence).ToString("D20", System.Globalization.CultureInfo.InvariantCulture)) : response,
            "text/xml",
            294,
            [("connection", "keep-alive")]));
    }

    /// <summary>A message as subscribers get it, with its signature and where to read on ("Parsing message formats" in the developer guide).</summary>
    private JsonObject Notification(TaskCall call, string arn, string id) => new JsonObjectBuilder()
        .Set("Type", "Notification")
        .Set("MessageId", id)
        .Set("TopicArn", arn)
        .SetIfPresent("Subject", ((JsonObject)call.Arguments)["Subject"])
        .Set("Message", AwsResponses.AsText(((JsonObject)call.Arguments)["Message"] ?? string.Empty))
        .Set("Timestamp", responses.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture))
        .Set("SignatureVersion", "1")
        .Set("Signature", "c2lnbmF0dXJl")
        .Set("SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem")
        .Set("UnsubscribeURL", $"https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={arn}:{AwsResponses.NewId()}")
        .SetIfPresent("MessageAttributes", Attributes(call))
        .Build();

    /// <summary>The attributes as a notification shows them: type and value.</summary>
    private static JsonObject? Attributes(TaskCall call) => ((JsonObject)call.Arguments)["MessageAttributes"] is JsonObject given
        ? given.Aggregate(new JsonObjectBuilder(), (shown, attribute) => shown.Set(attribute.Key, JsonObject.Create(
            ("Type", (attribute.Value as JsonObject)?["DataType"] ?? "String"),
            ("Value", (attribute.Value as JsonObject)?["StringValue"] ?? (attribute.Value as JsonObject)?["BinaryValue"] ?? string.Empty)))).Build()
        : null;
}
