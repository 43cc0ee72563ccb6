using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Topics.</summary>
internal sealed class SnsDouble(AwsAnswers answers)
{
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private long _sequence = 10_000_000_000_000_000;

    public void Add(string arn) => _topics.Add(arn);

    public void Delete(string arn) => _topics.Remove(arn);

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

        JsonObject answer = JsonObject.Create(("MessageId", AwsAnswers.NewId()));
        return new TaskCompleted(answers.WithMetadata(
            ordered ? answer.With("SequenceNumber", (++_sequence).ToString("D20", System.Globalization.CultureInfo.InvariantCulture)) : answer,
            "text/xml",
            294,
            [("connection", "keep-alive")]));
    }
}
