using StepFlow.Integrations.Tasks;

namespace StepFlow.Service.StateTests;

/// <summary>Notes the request and the response of an HTTP task (TestState, inspection level TRACE), as they were sent and received.</summary>
internal static class HttpInspection
{
    /// <param name="exchange">The request, and the response if there was one.</param>
    /// <param name="revealSecrets">Whether the headers and parameters that a connection added are shown.</param>
    public static void Note(Inspection inspection, HttpExchange exchange, bool revealSecrets)
    {
        inspection.Structure("request", new JsonObjectBuilder(5)
            .Set("protocol", exchange.Protocol)
            .Set("method", exchange.Method)
            .Set("url", Shown(exchange.Url, revealSecrets))
            .Set("headers", Headers(exchange.RequestHeaders.Select(header => (header.Key, Shown(header.Value, revealSecrets)))))
            .SetIfPresent("body", exchange.RequestBody)
            .Build());
        if (exchange.StatusCode is { } status)
        {
            inspection.Structure("response", new JsonObjectBuilder(5)
                .Set("protocol", exchange.Protocol)
                .Set("statusCode", JsonNumber.Create(status).ToString())
                .SetIfPresent("statusMessage", exchange.StatusText)
                .Set("headers", Headers(exchange.ResponseHeaders.Select(static header => (header.Key, header.Value))))
                .SetIfPresent("body", exchange.ResponseBody)
                .Build());
        }
    }

    private static string Shown(ExchangedText text, bool revealSecrets) => revealSecrets ? text.Revealed : text.Hidden;

    /// <summary>Headers as the service writes them: <c>[name: value, name: value]</c>.</summary>
    private static string Headers(IEnumerable<(string Name, string Value)> headers) =>
        $"[{string.Join(", ", headers.Select(static header => $"{header.Name}: {header.Value}"))}]";
}
