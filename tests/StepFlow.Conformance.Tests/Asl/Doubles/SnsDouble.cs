using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Topics.</summary>
internal sealed class SnsDouble(AwsAnswers answers)
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
        string arn = AwsAnswers.Text(call.Arguments, "TopicArn") ?? string.Empty;
        if (!_topics.Contains(arn))
        {
            return AwsAnswers.Failed("SNS.NotFoundException", "Topic does not exist", "AmazonSNS", 404, "NotFound");
        }

        bool ordered = arn.EndsWith(".fifo", StringComparison.Ordinal);
        if (ordered && AwsAnswers.Text(call.Arguments, "MessageGroupId") is null)
        {
            return AwsAnswers.Failed("SNS.InvalidParameterException", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics", "AmazonSNS", 400, "InvalidParameter");
        }

        string id = AwsAnswers.NewId();
        JsonObject answer = JsonObject.Create(("MessageId", id));
        foreach ((string topic, string queueArn, SqsDouble queues) in _subscriptions)
        {
            if (topic == arn)
            {
                queues.Deliver(queueArn, JsonObject.Create(
                    ("Type", "Notification"),
                    ("MessageId", id),
                    ("TopicArn", arn),
                    ("Message", AwsAnswers.AsText(((JsonObject)call.Arguments)["Message"] ?? string.Empty)),
                    ("Timestamp", answers.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture))).ToString());
            }
        }

        return new TaskCompleted(answers.WithMetadata(
            ordered ? answer.With("SequenceNumber", (++_sequence).ToString("D20", System.Globalization.CultureInfo.InvariantCulture)) : answer,
            "text/xml",
            294,
            [("connection", "keep-alive")]));
    }
}
