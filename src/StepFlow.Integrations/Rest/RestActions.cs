using System.Globalization;

namespace StepFlow.Integrations.Rest;

/// <summary>The actions of the services of Azure that are REST targets.</summary>
internal static class RestActions
{
    private const string EventHubContentType = "application/vnd.microsoft.servicebus.json";

    public static readonly RestActionForm[] All =
    [
        new("azure:openai:createChatCompletion", "OpenAI", "TargetNotFound", static (call, arguments, _) => OpenAi(call, arguments, "/chat/completions")),
        new("azure:openai:createEmbeddings", "OpenAI", "TargetNotFound", static (call, arguments, _) => OpenAi(call, arguments, "/embeddings")),
        new("azure:eventgrid:publishEvents", "EventGrid", "TopicNotFound", PublishEvents),
        new("azure:eventhubs:sendEvents", "EventHubs", "EventHubNotFound", SendEvents),
        new("azure:logicapps:triggerWorkflow", "LogicApps", "WorkflowNotFound", TriggerWorkflow),
        .. DurableFunctionsActions.All,
    ];

    /// <summary>
    /// The API of Azure OpenAI, or a compatible one, at the REST target <c>openai</c> or <c>Target</c>. The arguments are the request
    /// (<c>model</c>, <c>messages</c>, <c>input</c>, …), and the response is the result, with the used tokens in <c>usage</c>.
    /// </summary>
    private static RestActionRequest OpenAi(TaskCall call, ArgumentReader arguments, string path)
    {
        const string TargetArgument = "Target";
        string name = arguments.Text(TargetArgument) ?? "openai";
        arguments.RequiredText("model");
        if (arguments.Boolean("stream") == true)
        {
            arguments.Refuse("The argument 'stream' must not be true: a task has one result.");
        }

        return new(
            name,
            target => new(HttpMethod.Post, target.Below(path)) { Body = ((JsonObject)call.Arguments).Without(TargetArgument) },
            static response => response.Body);
    }

    /// <summary>
    /// Publishes to the topic that is the REST target <c>Topic</c>. An event has <c>eventType</c>, <c>subject</c> and <c>data</c>; <c>id</c>
    /// and <c>eventTime</c> are added where they are missing, the same for every repetition (Event Grid event schema).
    /// </summary>
    private static RestActionRequest PublishEvents(TaskCall call, ArgumentReader arguments, DateTimeOffset now)
    {
        string topic = arguments.RequiredText("Topic");
        JsonArray events = arguments.Array("Events") ?? JsonArray.Empty;
        if (events.Count == 0 || events.Any(static one => one is not JsonObject { } members || members["eventType"] is not JsonString || members["subject"] is not JsonString))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Events", "a list of events with 'eventType' and 'subject'"));
        }

        string time = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        JsonObject[] filled = [.. events.OfType<JsonObject>().Select((one, index) => Filled(one, RequestId.Derive(call.IdempotencyKey, $"event {index}"), time))];
        return new(
            topic,
            target => new(HttpMethod.Post, target.Below(string.Empty, JsonObject.Create(("api-version", "2018-01-01")))) { Body = JsonArray.From(filled) },
            _ => JsonObject.Create(("Ids", JsonArray.From(filled.Select(static one => one["id"]!)))));
    }

    private static JsonObject Filled(JsonObject one, string id, string now)
    {
        foreach ((string name, JsonValue value) in (ReadOnlySpan<(string, JsonValue)>)[("id", id), ("eventTime", now), ("dataVersion", "1.0"), ("data", JsonObject.Empty)])
        {
            one = one.ContainsKey(name) ? one : one.With(name, value);
        }

        return one;
    }

    /// <summary>
    /// Sends a batch of events to the event hub that is the REST target <c>EventHub</c>. An event has a <c>Body</c>, and may have a
    /// <c>PartitionKey</c> and <c>Properties</c> (Event Hubs REST API, "Send batch events").
    /// </summary>
    private static RestActionRequest SendEvents(TaskCall call, ArgumentReader arguments, DateTimeOffset now)
    {
        string hub = arguments.RequiredText("EventHub");
        JsonArray events = arguments.Array("Events") ?? JsonArray.Empty;
        if (events.Count == 0 || events.Any(static one => (one as JsonObject)?["Body"] is null))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Events", "a list of events with a 'Body'"));
        }

        return new(
            hub,
            target => new(HttpMethod.Post, target.Below("/messages", JsonObject.Create(("api-version", "2014-01"))))
            {
                Body = JsonArray.From(events.Cast<JsonObject>().Select(static one => (JsonValue)Batched(one))),
                Headers = [new("Content-Type", EventHubContentType)],
            },
            static _ => JsonObject.Empty);
    }

    private static JsonObject Batched(JsonObject one) => new JsonObjectBuilder(3)
        .Set("Body", one["Body"] is JsonString text ? text.Value : one["Body"]!.ToString())
        .SetIfPresent("BrokerProperties", one.Text("PartitionKey") is { } key ? JsonObject.Create(("PartitionKey", key)) : null)
        .SetIfPresent("UserProperties", one["Properties"] as JsonObject)
        .Build();

    /// <summary>
    /// Calls the request trigger of the Logic App that is the REST target <c>Workflow</c> (its callback address) with <c>Body</c>. The
    /// result is the workflow's response. With <c>.sync</c> a task waits for a response that comes later (202 with <c>Location</c>).
    /// </summary>
    private static RestActionRequest TriggerWorkflow(TaskCall call, ArgumentReader arguments, DateTimeOffset now) => new(
        arguments.RequiredText("Workflow"),
        target => new(HttpMethod.Post, target.Below(string.Empty)) { Body = arguments.Value("Body") ?? JsonObject.Empty },
        static response => response.Body);
}
