using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Queues.</summary>
internal sealed class SqsDouble(AwsResponses allResponses)
{
    /// <summary>Since then the service uses JSON; before, its responses were XML.</summary>
    private static readonly DateTimeOffset JsonProtocol = new(2023, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Queue<JsonObject>> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<string, Task>> _consumers = new(StringComparer.Ordinal);

    private ulong _sequence = 18_000_000_000_000_000_000;

    public void Add(string url) => _queues[url] = new();

    /// <summary>Gives each message of a queue to a consumer.</summary>
    public void Consume(string url, Func<string, Task> consumer) => _consumers[url] = consumer;

    /// <summary>Sends a message.</summary>
    /// <param name="arguments">Those of SendMessage.</param>
    public TaskOutcome Send(JsonObject arguments)
    {
        string url = AwsResponses.Text(arguments, "QueueUrl") ?? string.Empty;
        if (!_queues.TryGetValue(url, out Queue<JsonObject>? queue))
        {
            string host = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address.Host : url;
            return host.EndsWith("amazonaws.com", StringComparison.Ordinal)
                ? AwsResponses.Failed("SQS.QueueDoesNotExistException", "The specified queue does not exist.", "AmazonSQS", 400, "AWS.SimpleQueueService.NonExistentQueue")
                : AwsResponses.Failed("SQS.SdkClientException", $"Unable to execute HTTP request: {host}: Name or service not known");
        }

        if (arguments["MessageBody"] is not { IsNull: false } body)
        {
            return AwsResponses.Failed("SQS.AmazonSQSException", "The request must contain the parameter MessageBody.", "AmazonSQS", 400, "MissingParameter");
        }

        string text = AwsResponses.AsText(body);
        string id = AwsResponses.NewId();
        JsonObject response = JsonObject.Create(("MD5OfMessageBody", Md5(text)), ("MessageId", id));
        if (arguments["MessageAttributes"] is { } attributes)
        {
            response = response.With("MD5OfMessageAttributes", Md5(attributes.ToString()));
        }

        if (url.EndsWith(".fifo", StringComparison.Ordinal))
        {
            if (AwsResponses.Text(arguments, "MessageGroupId") is null)
            {
                return AwsResponses.Failed("SQS.AmazonSQSException", "The request must contain the parameter MessageGroupId.", "AmazonSQS", 400, "MissingParameter");
            }

            response = response.With("SequenceNumber", (++_sequence).ToString("D20", System.Globalization.CultureInfo.InvariantCulture));
        }

        Put(url, queue, text, id, arguments["MessageAttributes"] as JsonObject);
        bool json = allResponses.Clock.GetUtcNow() >= JsonProtocol;
        return new TaskCompleted(allResponses.WithMetadata(
            response,
            json ? "application/x-amz-json-1.0" : "text/xml",
            (int)response.Utf8Length,
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
                Put(url, queue, text, AwsResponses.NewId());
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
    /// <param name="arguments">Those of ReceiveMessage: a message's attributes are returned if the caller requests them.</param>
    public JsonObject? Take(JsonValue arguments) =>
        _queues.TryGetValue(AwsResponses.Text(arguments, "QueueUrl") ?? string.Empty, out Queue<JsonObject>? queue) && queue.TryDequeue(out JsonObject? message)
            ? ((JsonObject)arguments).ContainsKey("MessageAttributeNames") ? message : message.Without("MessageAttributes").Without("MD5OfMessageAttributes")
            : null;

    /// <summary>The service's response to a call of its SDK; null if the action has no double.</summary>
    /// <param name="action">The action, as Resources name it.</param>
    /// <param name="arguments">What it is called with.</param>
    public TaskOutcome? Run(string action, JsonObject arguments)
    {
        string url = AwsResponses.Text(arguments, "QueueUrl") ?? string.Empty;
        string name = AwsResponses.Text(arguments, "QueueName") ?? string.Empty;
        switch (action)
        {
            case "sendMessage":
                return Send(arguments);
            case "createQueue":
                string created = "https://sqs.us-east-1.amazonaws.com/111111111111/" + name;
                _queues.TryAdd(created, new());
                return new TaskCompleted(JsonObject.Create(("QueueUrl", created)));
            case "listQueues":
                return new TaskCompleted(JsonObject.Create(("QueueUrls", JsonArray.From(_queues.Keys.Select(static known => (JsonValue)known)))));
            case "getQueueUrl":
                return _queues.Keys.FirstOrDefault(known => known.EndsWith("/" + name, StringComparison.Ordinal)) is { } found
                    ? new TaskCompleted(JsonObject.Create(("QueueUrl", found)))
                    : NoQueue();
            case "receiveMessage" or "getQueueAttributes" or "deleteMessage" or "purgeQueue" or "setQueueAttributes" or "deleteQueue" when !_queues.ContainsKey(url):
                return NoQueue();
            case "receiveMessage":
                return new TaskCompleted(Take(arguments) is { } message ? JsonObject.Create(("Messages", JsonArray.Create(message))) : JsonObject.Empty);
            case "getQueueAttributes":
                return new TaskCompleted(JsonObject.Create(("Attributes", JsonObject.Create(
                    ("ApproximateNumberOfMessages", _queues[url].Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    ("QueueArn", "arn:aws:sqs:us-east-1:111111111111:" + url.Split('/')[^1])))));
            case "purgeQueue":
                _queues[url].Clear();
                return new TaskCompleted(JsonObject.Empty);
            case "deleteQueue":
                _queues.Remove(url);
                return new TaskCompleted(JsonObject.Empty);
            case "deleteMessage" or "setQueueAttributes":
                // A message that was received is gone already: nothing here waits for its time to run out.
                return new TaskCompleted(JsonObject.Empty);
            default:
                return null;
        }
    }

    private static TaskRejected NoQueue() => AwsResponses.SdkFailed("Sqs.QueueDoesNotExistException", "The specified queue does not exist.", "Sqs", 400);

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
