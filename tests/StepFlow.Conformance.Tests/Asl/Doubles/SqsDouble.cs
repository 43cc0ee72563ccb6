using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Queues.</summary>
internal sealed class SqsDouble(AwsAnswers answers)
{
    /// <summary>Since then the service speaks JSON; before, its answers were XML.</summary>
    private static readonly DateTimeOffset JsonProtocol = new(2023, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Queue<JsonObject>> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<string, Task>> _consumers = new(StringComparer.Ordinal);

    public void Add(string url) => _queues[url] = new();

    /// <summary>Gives each message of a queue to a consumer.</summary>
    public void Consume(string url, Func<string, Task> consumer) => _consumers[url] = consumer;

    public TaskOutcome Send(TaskCall call)
    {
        var arguments = (JsonObject)call.Arguments;
        string url = AwsAnswers.Text(arguments, "QueueUrl") ?? string.Empty;
        if (!_queues.TryGetValue(url, out Queue<JsonObject>? queue))
        {
            string host = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address.Host : url;
            return host.EndsWith("amazonaws.com", StringComparison.Ordinal)
                ? AwsAnswers.Failed("SQS.QueueDoesNotExistException", "The specified queue does not exist.", "AmazonSQS", 400, "AWS.SimpleQueueService.NonExistentQueue")
                : AwsAnswers.Failed("SQS.SdkClientException", $"Unable to execute HTTP request: {host}: Name or service not known");
        }

        if (arguments["MessageBody"] is not { IsNull: false } body)
        {
            return AwsAnswers.Failed("SQS.AmazonSQSException", "The request must contain the parameter MessageBody.", "AmazonSQS", 400, "MissingParameter");
        }

        string text = AwsAnswers.AsText(body);
        string id = AwsAnswers.NewId();
        JsonObject answer = JsonObject.Create(("MD5OfMessageBody", Md5(text)), ("MessageId", id));
        if (arguments["MessageAttributes"] is { } attributes)
        {
            answer = answer.With("MD5OfMessageAttributes", Md5(attributes.ToString()));
        }

        Put(url, queue, text, id, arguments["MessageAttributes"] as JsonObject);
        bool json = answers.Clock.GetUtcNow() >= JsonProtocol;
        return new TaskCompleted(answers.WithMetadata(
            answer,
            json ? "application/x-amz-json-1.0" : "text/xml",
            (int)answer.Utf8Length,
            json ? [("connection", "keep-alive")] : []));
    }

    /// <summary>Puts a message into the queue of an ARN, where there is one.</summary>
    public void Deliver(string queueArn, string text)
    {
        string suffix = "/" + queueArn.Split(':')[^1];
        foreach ((string url, Queue<JsonObject> queue) in _queues)
        {
            if (url.EndsWith(suffix, StringComparison.Ordinal))
            {
                Put(url, queue, text, AwsAnswers.NewId());
            }
        }
    }

    private void Put(string url, Queue<JsonObject> queue, string text, string id, JsonObject? attributes = null)
    {
        JsonObject message = JsonObject.Create(("Body", text), ("MD5OfBody", Md5(text)), ("MessageId", id), ("ReceiptHandle", Md5(id)));
        queue.Enqueue(attributes is null ? message : message.With("MD5OfMessageAttributes", Md5(attributes.ToString())).With("MessageAttributes", attributes));
        if (_consumers.TryGetValue(url, out Func<string, Task>? consumer))
        {
            _ = consumer(text);
        }
    }

    /// <summary>The oldest message of a queue; null where there is none.</summary>
    /// <param name="arguments">Those of ReceiveMessage: a message's attributes are shown to who asks for them.</param>
    public JsonObject? Take(JsonValue arguments) =>
        _queues.TryGetValue(AwsAnswers.Text(arguments, "QueueUrl") ?? string.Empty, out Queue<JsonObject>? queue) && queue.TryDequeue(out JsonObject? message)
            ? ((JsonObject)arguments).ContainsKey("MessageAttributeNames") ? message : message.Without("MessageAttributes").Without("MD5OfMessageAttributes")
            : null;

    public TaskOutcome Receive(JsonValue arguments) =>
        !_queues.ContainsKey(AwsAnswers.Text(arguments, "QueueUrl") ?? string.Empty)
            ? AwsAnswers.SdkFailed("Sqs.QueueDoesNotExistException", "The specified queue does not exist.", "Sqs", 400)
            : new TaskCompleted(Take(arguments) is { } message ? JsonObject.Create(("Messages", JsonArray.Create(message))) : JsonObject.Empty);

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
