using System.Text;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Service.StateTests;

/// <summary>Notes the request and the response of an HTTP task (TestState, inspection level TRACE).</summary>
internal static class HttpInspection
{
    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { "authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key" };

    public static void Note(Inspection inspection, JsonValue arguments, TaskOutcome outcome, bool revealSecrets)
    {
        if (arguments is JsonObject request)
        {
            string url = Text(request["ApiEndpoint"]) ?? string.Empty;
            inspection.Member("request", new JsonObjectBuilder()
                .Set("protocol", url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? "http" : "https")
                .Set("method", Text(request["Method"]) ?? "GET")
                .Set("url", url + Query(request["QueryParameters"] as JsonObject))
                .SetIfPresent("headers", Headers(request["Headers"], revealSecrets))
                .SetIfPresent("body", request["RequestBody"] is { } body ? (JsonValue)(Text(body) ?? body.ToString()) : null)
                .Build());
        }

        if (outcome is TaskCompleted { Output: JsonObject response })
        {
            inspection.Member("response", new JsonObjectBuilder()
                .Set("protocol", "https")
                .SetIfPresent("statusCode", response["StatusCode"] is { } status ? (JsonValue)status.ToString() : null)
                .SetIfPresent("statusMessage", response["StatusText"])
                .SetIfPresent("headers", Headers(response["Headers"], revealSecrets))
                .SetIfPresent("body", response["ResponseBody"] is { } body ? (JsonValue)(Text(body) ?? body.ToString()) : null)
                .Build());
        }
    }

    private static string? Text(JsonValue? value) => (value as JsonString)?.Value;

    private static string Query(JsonObject? parameters)
    {
        var query = new StringBuilder();
        foreach ((string name, JsonValue value) in parameters ?? JsonObject.Empty)
        {
            foreach (JsonValue item in value as IEnumerable<JsonValue> ?? [value])
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(Text(item) ?? item.ToString()));
            }
        }

        return query.ToString();
    }

    private static JsonValue? Headers(JsonValue? headers, bool revealSecrets)
    {
        if (headers is not JsonObject all)
        {
            return null;
        }

        JsonObject shown = revealSecrets
            ? all
            : all.Where(header => Secret.Contains(header.Key)).Aggregate(all, (left, header) => left.With(header.Key, "***"));
        return shown.ToString();
    }
}
