using System.Globalization;
using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// <c>events:putEvents</c> and <c>aws-sdk:eventbridge:putEvents</c>: sends events to a bus, that is to its
/// destination and to its rules. If one event is rejected, the
/// optimised integration fails, although the others were sent (EventBridge API, PutEvents).
/// </summary>
internal sealed class PutEvents(INotificationSender sender, IEventRules rules, TaskIdentities identities, SettingHints hints, TimeProvider time, bool sdk) : ITaskIntegration
{
    public const string FailedEntry = "EventBridge.FailedEntry";

    private const int MaxEntries = 10;

    public string Name => sdk ? "aws-sdk:eventbridge:putEvents" : "events:putEvents";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        JsonArray? entries = new ArgumentReader(call.Arguments).Array("Entries");
        if (entries is not { Count: > 0 and <= MaxEntries })
        {
            return AwsService.EventBridge.Fail(call, AwsFailure.Unmodelled("ValidationException", $"Entries must hold 1 to {MaxEntries} events"));
        }

        List<JsonValue> results = [];
        int failed = 0;
        for (int index = 0; index < entries.Count; index++)
        {
            JsonObject result = await SendAsync(call, new ArgumentReader(entries[index]), index, cancellationToken);
            failed += result.ContainsKey("ErrorCode") ? 1 : 0;
            results.Add(result);
        }

        JsonObject response = JsonObject.Create(("Entries", JsonArray.From(results)), ("FailedEntryCount", failed));
        return failed > 0 && !sdk ? new TaskRejected(FailedEntry, response.ToString()) : new TaskCompleted(response);
    }

    private async Task<JsonObject> SendAsync(TaskCall call, ArgumentReader entry, int index, CancellationToken cancellationToken)
    {
        string bus = ResourceName.Of(entry.Text("EventBusName") ?? "default");
        string source = entry.RequiredText("Source");
        string type = entry.RequiredText("DetailType");
        JsonValue? detail = entry.Value("Detail") is JsonString text ? JsonValue.ParseOrNull(text.Value) : entry.Value("Detail");
        if (entry.Problem is { } problem)
        {
            return Refused("InvalidArgument", problem);
        }

        if (detail is not JsonObject)
        {
            return Refused("MalformedDetail", "Detail is malformed.");
        }

        string key = $"{call.IdempotencyKey}/{index.ToString(CultureInfo.InvariantCulture)}";
        string id = RequestId.Derive(key, "event");
        JsonObject body = JsonObject.Create(
            ("version", "0"),
            ("id", id),
            ("detail-type", type),
            ("source", source),
            ("time", IsoTime.Seconds(time.GetUtcNow())),
            ("resources", entry.Array("Resources") ?? JsonArray.Empty),
            ("detail", detail));
        try
        {
            await rules.ApplyAsync(bus, body, cancellationToken);
            SentMessage? sent = await sender.SendAsync(
                new() { Destination = MessageDestination.EventBus, Name = bus, Body = body.ToString(), Subject = type, Identity = identities.NameOf(call), IdempotencyKey = key },
                cancellationToken);
            return sent is null && !rules.HasRules(bus)
                ? Refused("ResourceNotFoundException", $"Event bus {bus} does not exist" + hints.Add($"Messages:EventBuses:{bus}"))
                : JsonObject.Create(("EventId", id));
        }
        catch (MessageRefusedException refusal)
        {
            return Refused("InvalidArgument", refusal.Message);
        }
    }

    private static JsonObject Refused(string code, string message) => JsonObject.Create(("ErrorCode", code), ("ErrorMessage", message));
}
