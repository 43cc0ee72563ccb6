using System.Globalization;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:eventgrid:publishEvents</c>: publishes to the topic that is the REST target <c>Topic</c>. An event has
/// <c>eventType</c>, <c>subject</c> and <c>data</c>; <c>id</c> and <c>eventTime</c> are added where they are missing, the
/// same for every repetition (Event Grid event schema).
/// </summary>
internal sealed class PublishEventGridEvents(RestServices services, TimeProvider time) : ITaskIntegration
{
    private const string ApiVersion = "2018-01-01";

    public string Name => "azure:eventgrid:publishEvents";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string topic = arguments.RequiredText("Topic");
        JsonArray? events = arguments.Array("Events");
        if (events is not { Count: > 0 } || events.Any(static one => one is not JsonObject { } members || members["eventType"] is not JsonString || members["subject"] is not JsonString))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Events", "a list of events with 'eventType' and 'subject'"));
        }

        if (arguments.Problem is { } problem)
        {
            return new TaskRejected("EventGrid.InvalidArgument", problem);
        }

        string now = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        JsonValue[] filled = [.. events!.Cast<JsonObject>().Select((one, index) => (JsonValue)Filled(one, RequestId.Derive(call.IdempotencyKey, $"event {index}"), now))];
        return await services.RunAsync(
            call,
            "EventGrid",
            topic,
            "TopicNotFound",
            target => new(HttpMethod.Post, RestServices.Below(target, string.Empty, JsonObject.Create(("api-version", ApiVersion)))) { Body = JsonArray.From(filled) },
            _ => JsonObject.Create(("Ids", JsonArray.From(filled.Select(static one => ((JsonObject)one)["id"]!)))),
            cancellationToken);
    }

    private static JsonObject Filled(JsonObject one, string id, string now)
    {
        foreach ((string name, JsonValue value) in (ReadOnlySpan<(string, JsonValue)>)[("id", id), ("eventTime", now), ("dataVersion", "1.0"), ("data", JsonObject.Empty)])
        {
            one = one.ContainsKey(name) ? one : one.With(name, value);
        }

        return one;
    }
}
