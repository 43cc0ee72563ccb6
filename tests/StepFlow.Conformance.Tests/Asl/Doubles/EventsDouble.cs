using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The event bus.</summary>
internal static class EventsDouble
{
    public static TaskOutcome Put(TaskCall call)
    {
        var entries = ((JsonObject)call.Arguments)["Entries"] as JsonArray ?? JsonArray.Empty;
        JsonObject[] results = [.. entries.OfType<JsonObject>().Select(Accept)];
        int failed = results.Count(result => result.ContainsKey("ErrorCode"));
        JsonObject response = JsonObject.Create(("Entries", JsonArray.From(results)), ("FailedEntryCount", failed));
        return failed > 0 ? AwsResponses.Failed("EventBridge.FailedEntry", response.ToString()) : new TaskCompleted(response);
    }

    private static JsonObject Accept(JsonObject entry)
    {
        // The bus names the first field that an entry lacks.
        if (Array.Find(["Source", "DetailType", "Detail"], name => entry[name] is null or JsonNull or JsonString { Value: "" }) is { } missing)
        {
            return JsonObject.Create(
                ("ErrorCode", "InvalidArgument"),
                ("ErrorMessage", $"Parameter {missing} is not valid. Reason: {missing} is a required argument."));
        }

        JsonValue? detail = entry["Detail"] is JsonString text ? JsonValue.ParseOrNull(text.Value) : entry["Detail"];
        return detail is JsonObject
            ? JsonObject.Create(("EventId", AwsResponses.NewId()))
            : JsonObject.Create(("ErrorCode", "MalformedDetail"), ("ErrorMessage", "Detail is malformed."));
    }
}
