using System.Net.Http.Headers;
using System.Text;

namespace StepFlow.Integrations.Http;

/// <summary>Makes the request that an HTTP task's arguments describe.</summary>
internal static class HttpRequestReader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    // The definition cannot set the headers that belong to the connection.
    private static readonly HashSet<string> RefusedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Via", "Keep-Alive",
        "Proxy-Authorization", "Proxy-Authenticate", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    };

    /// <summary>The connection that a call names; null for none. An ARN means the name in it.</summary>
    public static string? ConnectionName(ArgumentReader arguments)
    {
        JsonObject? holder = arguments.Object("InvocationConfig") ?? arguments.Object("Authentication");
        if (holder?["ConnectionArn"] is not JsonString arn)
        {
            return null;
        }

        int at = arn.Value.IndexOf("connection/", StringComparison.Ordinal);
        return at < 0 ? arn.Value : arn.Value[(at + "connection/".Length)..].Split('/')[0];
    }

    /// <summary>The request; null where the arguments have a problem.</summary>
    public static HttpRequestMessage? Read(TaskCall call, ArgumentReader arguments, HttpConnection? connection)
    {
        string endpoint = arguments.RequiredText("ApiEndpoint");
        string method = arguments.RequiredText("Method");
        JsonObject? headers = arguments.Object("Headers");
        JsonObject? query = arguments.Object("QueryParameters");
        JsonValue? body = arguments.Value("RequestBody");
        var transform = new ArgumentReader(arguments.Object("Transform") ?? JsonObject.Empty);
        string encoding = transform.Text("RequestBodyEncoding") ?? "NONE";
        string arrays = new ArgumentReader(transform.Object("RequestEncodingOptions") ?? JsonObject.Empty).Text("ArrayFormat") ?? "INDICES";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) || !HasHost(url))
        {
            arguments.Refuse(HttpErrors.InvalidEndpoint);
        }

        if (!Methods.Contains(method))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Method", "one of " + string.Join(", ", Methods)));
        }

        if (encoding is not ("NONE" or "URL_ENCODED") || !FormEncoder.ArrayFormats.Contains(arrays))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Transform", "{\"RequestBodyEncoding\": \"URL_ENCODED\" | \"NONE\", \"RequestEncodingOptions\": {\"ArrayFormat\": …}}"));
        }

        CheckHeaders(headers, arguments);

        if (arguments.Problem is not null)
        {
            return null;
        }

        var request = new HttpRequestMessage(new HttpMethod(method), Authorised(WithQuery(url!, query), connection));
        AddBody(request, body, encoding, arrays);
        AddHeaders(request, headers);
        AddUnlessSet(request, "Idempotency-Key", HeaderText.Encode(call.IdempotencyKey));
        AddUnlessSet(request, "traceparent", call.TraceParent);
        return request;
    }

    private static bool HasHost(Uri url)
    {
        try
        {
            return url.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            // Found out only now, when the name is to become ASCII.
            return false;
        }
    }

    /// <summary>Rejects headers that may not be set.</summary>
    public static void CheckHeaders(JsonObject? headers, ArgumentReader arguments)
    {
        foreach ((string name, JsonValue value) in headers ?? JsonObject.Empty)
        {
            if (!HeaderText.IsName(name))
            {
                arguments.Refuse(HttpErrors.NoHeaderName(name));
            }
            else if (RefusedHeaders.Contains(name))
            {
                arguments.Refuse(HttpErrors.HeaderRefused(name));
            }
            else if (!Texts(value).All(HeaderText.IsValue))
            {
                arguments.Refuse(HttpErrors.NoHeaderValue(name));
            }
        }
    }

    private static string[] Texts(JsonValue value) => value is JsonArray many ? [.. many.Select(FormEncoder.Text)] : [FormEncoder.Text(value)];

    private static void AddUnlessSet(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null && !request.Headers.Contains(name))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>A URL with additional query parameters.</summary>
    public static Uri WithQuery(Uri url, JsonObject? query) => WithPairs(url, (query ?? JsonObject.Empty).SelectMany(
        static parameter => (parameter.Value is JsonArray many ? many : (IEnumerable<JsonValue>)[parameter.Value]).Select(item => KeyValuePair.Create(parameter.Key, FormEncoder.Text(item)))));

    /// <summary>An address with the parameters that a connection adds. They may be secrets: an address that is stored or shown is one without them.</summary>
    public static Uri Authorised(Uri url, HttpConnection? connection)
    {
        // The URL of a service for a started operation can have them already.
        string[] there = [.. url.Query.TrimStart('?').Split('&').Select(static pair => Uri.UnescapeDataString(pair.Split('=')[0]))];
        return WithPairs(url, (connection?.QueryParameters ?? []).Where(pair => !there.Contains(pair.Key)));
    }

    private static Uri WithPairs(Uri url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string added = string.Join('&', parameters.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        string existing = url.Query.TrimStart('?');
        return added.Length == 0 ? url : new UriBuilder(url) { Query = existing.Length == 0 ? added : existing + "&" + added }.Uri;
    }

    private static void AddBody(HttpRequestMessage request, JsonValue? body, string encoding, string arrays)
    {
        if (body is null)
        {
            return;
        }

        if (encoding == "URL_ENCODED")
        {
            request.Content = new StringContent(FormEncoder.Encode(body, arrays), Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        }
        else
        {
            byte[] text = body is JsonString plain ? Encoding.UTF8.GetBytes(plain.Value) : body.ToUtf8();
            request.Content = new ByteArrayContent(text);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(body is JsonString ? "text/plain" : "application/json");
        }
    }

    private static void AddHeaders(HttpRequestMessage request, JsonObject? headers)
    {
        foreach ((string name, JsonValue value) in headers ?? JsonObject.Empty)
        {
            string[] values = Texts(value);
            if (!request.Headers.TryAddWithoutValidation(name, values) && request.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, values);
            }
        }
    }
}
