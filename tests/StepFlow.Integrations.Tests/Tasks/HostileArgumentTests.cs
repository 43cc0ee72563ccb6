using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tasks;

/// <summary>
/// Calls every integration with hostile arguments. With each of them the task ends, with a failure
/// that the integration itself found: an exception would be a hole in its checks.
/// </summary>
public sealed class HostileArgumentTests(AzuriteFixture azurite)
{
    private static readonly string[] Texts =
    [
        "", " ", "..", ".", "a/../b", "/", "//x", "%2e%2e/x", "%00", "a\r\nx: y", "a\0b", "\ud800", "größe", "名前", new('x', 70_000),
        "arn:aws:sqs:us-east-1:1:q", "https://", "http://[::1", "-1", "1e400", "{\"a\":", "${a}", "a'b\"c<d>&e", "\u202e", "q", "data", "hostile-queue",
    ];

    private static readonly string[] Values =
        ["null", "true", "0", "-1", "9007199254740993", "1e300", "[]", "{}", "[[[]]]", "{\"\":\"\"}", "{\"a\\r\\nb\":\"c\\r\\nd\"}", "{\"größe\":\"größe\"}", "[null,1,\"x\"]"];

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["aws-sdk:s3"] = ["Bucket", "Key", "Body", "ContentType", "Metadata", "IfNoneMatch", "CopySource", "Prefix", "Delimiter", "ContinuationToken", "MaxKeys", "Tagging", "ExpiresIn", "Visible"],
        ["azure:blob"] = ["Container", "Blob", "Body", "ContentType", "Metadata", "IfNoneMatch", "CopySource", "Prefix", "Delimiter", "ContinuationToken", "MaxKeys", "Tags", "ExpiresIn", "Visible"],
        ["sqs"] = ["QueueUrl", "MessageBody", "MessageAttributes", "MessageGroupId", "MessageDeduplicationId", "DelaySeconds"],
        ["aws-sdk:sqs"] = ["QueueUrl", "MessageBody", "MessageAttributes", "MessageGroupId", "MessageDeduplicationId", "DelaySeconds", "ReceiptHandle", "Entries", "MaxNumberOfMessages", "VisibilityTimeout"],
        ["azure:queue"] = ["Queue", "MessageBody", "MessageAttributes", "DelaySeconds", "Receipt", "MaxMessages"],
        ["sns"] = ["TopicArn", "TargetArn", "Message", "Subject", "MessageGroupId", "MessageDeduplicationId", "MessageAttributes"],
        ["aws-sdk:sns"] = ["TopicArn", "TargetArn", "Message", "Subject", "MessageGroupId", "MessageDeduplicationId", "MessageAttributes"],
        ["events"] = ["Entries"],
        ["aws-sdk:eventbridge"] = ["Entries"],
        ["http"] = ["ApiEndpoint", "Method", "Headers", "QueryParameters", "RequestBody", "Transform", "InvocationConfig", "Authentication"],
        ["apigateway"] = ["ApiEndpoint", "Method", "Stage", "Path", "Headers", "QueryParameters", "RequestBody", "AuthType"],
        ["lambda"] = ["FunctionName", "Payload", "InvocationType", "Qualifier"],
        ["aws-sdk:lambda"] = ["FunctionName", "Payload", "InvocationType", "Qualifier"],
        ["states"] = ["StateMachineArn", "Name", "Input", "TraceHeader"],
        ["aws-sdk:sfn"] = ["StateMachineArn", "Name", "Input", "TraceHeader"],
    };

    [Fact]
    public async Task Call_HostileArguments_EndsWithAnOutcomeOfTheIntegration()
    {
        await using TestServer server = await TestServer.StartAsync(static context => Task.CompletedTask);
        var holes = new RefusalLog();
        await using var integrations = new TestIntegrations(
            [
                ("Storage:ConnectionString", azurite.ConnectionString),
                ("Messages:Base64", "false"),
                ("Messages:CreateMissing", "true"),
                ("Messages:EventBuses:default", "hostile-bus"),
                ("Http:AllowedHosts:0", new Uri(server.Url).Authority),
                ("Functions:q:Command", "cat"),
            ],
            services => services.AddSingleton<ILoggerProvider>(holes));
        await integrations.Get<IBlobStore>().CreateContainerAsync("data", TestContext.Current.CancellationToken);
        var defaults = new Dictionary<string, JsonValue>
        {
            ["Bucket"] = "data",
            ["Container"] = "data",
            ["Key"] = "k",
            ["Blob"] = "k",
            ["CopySource"] = "data/k",
            ["QueueUrl"] = "hostile-queue",
            ["Queue"] = "hostile-queue",
            ["MessageBody"] = "b",
            ["TopicArn"] = "hostile-queue",
            ["Message"] = "m",
            ["ApiEndpoint"] = server.Url,
            ["Method"] = "POST",
            ["FunctionName"] = "q",
            ["StateMachineArn"] = "m",
            ["Entries"] = JsonValue.Parse("""[{"Source":"s","DetailType":"t","Detail":{}}]"""),
        };
        foreach (string name in integrations.Get<TaskRouter>().Names)
        {
            if (Fields.TryGetValue(name[..Math.Max(0, name.LastIndexOf(':'))], out string[]? fields))
            {
                await TryAsync(integrations, name, fields, defaults, holes);
            }
        }

        Assert.True(holes.Refusals.IsEmpty, string.Join(Environment.NewLine, holes.Refusals.Distinct()));
    }

    private static async Task TryAsync(TestIntegrations integrations, string name, string[] fields, Dictionary<string, JsonValue> defaults, RefusalLog holes)
    {
        JsonObject well = JsonObject.Create([.. fields.Where(defaults.ContainsKey).Select(field => (field, defaults[field]))]);
        foreach (string field in fields)
        {
            IEnumerable<JsonValue> tried = Texts.Select(static text => (JsonValue)text).Concat(Values.Select(static text => JsonValue.Parse(text)));
            foreach (JsonValue value in tried)
            {
                JsonValue[] shapes = field switch
                {
                    "Headers" or "Metadata" or "QueryParameters" or "MessageAttributes" => [value, JsonObject.Create(("a", value)), Named(value), JsonObject.Create(("a", JsonObject.Create(("DataType", value), ("StringValue", value))))],
                    "Entries" => [value, JsonArray.Create(JsonObject.Create(("Source", value), ("DetailType", value), ("EventBusName", "default"), ("Detail", JsonObject.Create(("x", value)))))],
                    _ => [value],
                };
                foreach (JsonValue shape in shapes)
                {
                    holes.Now = $"{name} {field}={Short(shape)}";
                    TaskCall call = TestIntegrations.Call(name, "{}") with { Arguments = well.With(field, shape) };
                    try
                    {
                        Assert.NotNull(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));
                    }
                    catch (Exception outage) when (Outages.IsOutage(outage))
                    {
                        holes.Refusals.Enqueue($"{holes.Now}: {outage.GetType().Name} {outage.Message}");
                    }
                }
            }
        }
    }

    private static JsonObject Named(JsonValue value) => JsonObject.Create((value is JsonString text ? text.Value : value.ToString(), "v"));

    private static string Short(JsonValue value) => value.ToString() is { Length: > 60 } text ? text[..60] : value.ToString();

    /// <summary>Collects what the router had to translate because an integration did not.</summary>
    private sealed class RefusalLog : ILoggerProvider, ILogger
    {
        private const int RefusedEvent = 3002;

        public ConcurrentQueue<string> Refusals { get; } = new();

        public string Now { get; set; } = string.Empty;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == RefusedEvent)
            {
                Refusals.Enqueue($"{Now}: {exception?.GetType().Name}: {exception?.Message}");
            }
        }

        public void Dispose()
        {
        }
    }
}
