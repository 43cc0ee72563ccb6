using System.Text;

namespace StepFlow.Integrations.Http;

/// <summary>The requests and responses of HTTP tasks for tests of states. As in Step Functions, everything that a connection adds is secret.</summary>
internal static class HttpExchanges
{
    /// <summary>A request that is about to be sent.</summary>
    /// <param name="request">The request, with the parts that the connection added.</param>
    /// <param name="own">The headers that the definition set, before the connection added others.</param>
    public static async Task<HttpExchange> OfAsync(
        HttpRequestMessage request,
        IReadOnlySet<(string Name, string Value)> own,
        HttpConnection? connection,
        CancellationToken cancellationToken)
    {
        string url = request.RequestUri!.AbsoluteUri;
        string hidden = (connection?.QueryParameters ?? []).Aggregate(url, static (text, pair) => text.Replace(
            $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}",
            $"{Uri.EscapeDataString(pair.Key)}={ExchangedText.Mask}",
            StringComparison.Ordinal));
        return new()
        {
            Protocol = request.RequestUri.Scheme,
            Method = request.Method.Method,
            Url = new(url, hidden),
            RequestHeaders = [.. Headers(request).Select(header => KeyValuePair.Create(
                header.Name,
                new ExchangedText(header.Value, own.Contains(header) ? header.Value : ExchangedText.Mask)))],
            RequestBody = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
        };
    }

    /// <summary>The same, with the response.</summary>
    /// <param name="body">Its body; null where it is too large.</param>
    public static HttpExchange With(this HttpExchange exchange, HttpResponseMessage response, byte[]? body) => exchange with
    {
        StatusCode = (int)response.StatusCode,
        StatusText = response.ReasonPhrase,
        ResponseHeaders = [.. Headers(response)],
        ResponseBody = body is null ? null : Encoding.UTF8.GetString(body),
    };

    /// <summary>The headers of a response by their names, several values of one joined by commas.</summary>
    public static Dictionary<string, string> Headers(HttpResponseMessage response) => response.Headers
        .Concat(response.Content.Headers)
        .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers of a request, one entry a value.</summary>
    public static IEnumerable<(string Name, string Value)> Headers(HttpRequestMessage request) => request.Headers
        .Concat(request.Content?.Headers.AsEnumerable() ?? [])
        .SelectMany(static header => header.Value, static (header, value) => (header.Key, value));
}
