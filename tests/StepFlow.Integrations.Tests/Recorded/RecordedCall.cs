using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Recorded;

/// <summary>A call that AWS recorded: what a task was called with and what became of it.</summary>
/// <param name="Resource">The Resource.</param>
/// <param name="Arguments">What it was called with.</param>
/// <param name="Output">What it returned; null where it failed.</param>
/// <param name="Error">The error name; null where it succeeded.</param>
/// <param name="Cause">The cause; null where it succeeded.</param>
internal sealed record RecordedCall(string Resource, JsonValue Arguments, JsonValue? Output, string? Error, JsonValue? Cause)
{
    /// <summary>The calls in a case's history, in the order in which they were scheduled.</summary>
    public static IEnumerable<RecordedCall> Read(JsonArray history)
    {
        JsonObject[] events = [.. history.OfType<JsonObject>()];
        foreach (JsonObject scheduled in events.Where(static one => Text(one, "type") is "TaskScheduled" or "LambdaFunctionScheduled"))
        {
            if (Follow(events, scheduled) is { } ended)
            {
                yield return Read(Details(scheduled), Text(ended, "type")!, Details(ended));
            }
        }
    }

    private static RecordedCall Read(JsonObject scheduled, string type, JsonObject ended)
    {
        string resource = Text(scheduled, "resourceType") is { } service
            ? $"arn:aws:states:::{service}:{Text(scheduled, "resource")}"
            : Text(scheduled, "resource")!;
        JsonValue arguments = scheduled["parameters"] ?? scheduled["input"] ?? JsonValue.Null;
        return type.EndsWith("Failed", StringComparison.Ordinal)
            ? new(resource, Parse(arguments), null, Text(ended, "error"), ended["cause"])
            : new(resource, Parse(arguments), Parse(ended["output"] ?? JsonValue.Null), null, null);
    }

    // The response to a request that waits for a token or a job is its submission; the later result is not part of the call.
    private static JsonObject? Follow(JsonObject[] events, JsonObject scheduled)
    {
        JsonObject? at = scheduled;
        while (at is not null && Text(at, "type") is not ("TaskSubmitted" or "TaskSucceeded" or "TaskFailed" or "LambdaFunctionSucceeded" or "LambdaFunctionFailed"))
        {
            JsonObject before = at;
            at = Array.Find(events, one => one["previousEventId"] == before["id"] && Text(one, "type") is { } type && (type.StartsWith("Task", StringComparison.Ordinal) || type.StartsWith("Lambda", StringComparison.Ordinal)));
        }

        return at;
    }

    private static JsonObject Details(JsonObject entry) =>
        entry.Select(static member => member).FirstOrDefault(static member => member.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value as JsonObject ?? JsonObject.Empty;

    private static string? Text(JsonObject value, string name) => value[name] is JsonString text ? text.Value : null;

    // Objects are parsed in the recordings; other JSON is left as text.
    private static JsonValue Parse(JsonValue value) => value is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? value : value;
}
