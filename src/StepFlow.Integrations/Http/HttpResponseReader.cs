using System.Text;

namespace StepFlow.Integrations.Http;

/// <summary>Makes the outcome of an HTTP task from the response.</summary>
internal static class HttpResponseReader
{
    /// <summary>Text beyond this many characters is cut from a cause.</summary>
    private const int CauseLength = 32 * 1024;

    /// <summary>The outcome.</summary>
    /// <param name="lowerHeaders">Whether the names of headers are in lower case, as in an HTTP task. For API Gateway they are unchanged.</param>
    public static TaskOutcome Read(HttpResponseMessage response, byte[] body, bool lowerHeaders)
    {
        int status = (int)response.StatusCode;
        string text = Encoding.UTF8.GetString(body);
        if (!response.IsSuccessStatusCode)
        {
            string cause = text.Length == 0 ? response.ReasonPhrase ?? string.Empty : text[..Math.Min(text.Length, CauseLength)];
            return new TaskRejected(HttpErrors.StatusCode + status, cause);
        }

        return new TaskCompleted(JsonObject.Create(
            ("Headers", Headers(response, lowerHeaders)),
            ("ResponseBody", Body(response, text)),
            ("StatusCode", status),
            ("StatusText", response.ReasonPhrase ?? string.Empty)));
    }

    private static JsonValue Body(HttpResponseMessage response, string text)
    {
        bool json = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        return json && JsonValue.ParseOrNull(text) is { } value ? value : text;
    }

    private static JsonObject Headers(HttpResponseMessage response, bool lower) => JsonObject.Create([.. response.Headers
        .Concat(response.Content.Headers)
        .Select(header => (lower ? header.Key.ToLowerInvariant() : header.Key, (JsonValue)JsonArray.From(header.Value.Select(static value => (JsonValue)value))))]);
}
