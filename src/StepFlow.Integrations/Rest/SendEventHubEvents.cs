namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:eventhubs:sendEvents</c>: sends a batch of events to the event hub that is the REST target <c>EventHub</c>. An event has a
/// <c>Body</c>, and may have a <c>PartitionKey</c> and <c>Properties</c> (Event Hubs REST API, "Send batch events").
/// </summary>
internal sealed class SendEventHubEvents(RestServices services) : ITaskIntegration
{
    private const string ContentType = "application/vnd.microsoft.servicebus.json";

    private static readonly JsonObject Version = JsonObject.Create(("api-version", "2014-01"));

    public string Name => "azure:eventhubs:sendEvents";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string hub = arguments.RequiredText("EventHub");
        JsonArray? events = arguments.Array("Events");
        if (events is not { Count: > 0 } || events.Any(static one => (one as JsonObject)?["Body"] is null))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Events", "a list of events with a 'Body'"));
        }

        return arguments.Problem is { } problem
            ? new TaskRejected("EventHubs.InvalidArgument", problem)
            : await services.RunAsync(
                call,
                "EventHubs",
                hub,
                "EventHubNotFound",
                target => new(HttpMethod.Post, RestServices.Below(target, "/messages", Version))
                {
                    Body = JsonArray.From(events!.Cast<JsonObject>().Select(static one => (JsonValue)Batched(one))),
                    Headers = [new("Content-Type", ContentType)],
                },
                static _ => JsonObject.Empty,
                cancellationToken);
    }

    private static JsonObject Batched(JsonObject one) => new JsonObjectBuilder(3)
        .Set("Body", one["Body"] is JsonString text ? text.Value : one["Body"]!.ToString())
        .SetIfPresent("BrokerProperties", one.Text("PartitionKey") is { } key ? JsonObject.Create(("PartitionKey", key)) : null)
        .SetIfPresent("UserProperties", one["Properties"] as JsonObject)
        .Build();
}
