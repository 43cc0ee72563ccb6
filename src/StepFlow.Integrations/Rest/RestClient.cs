using System.Net.Http.Headers;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Rest;

/// <summary>Sends requests to REST APIs. If a service is busy (429, 503), the request is repeated after the time that it sets.</summary>
internal sealed class RestClient(IHttpClientFactory http, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "stepflow-rest";

    private const int Attempts = 5;

    /// <summary>The longest that a call waits by itself; beyond, the host repeats it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Sends a request.</summary>
    /// <returns>The response, also if it is an error; null if it is larger than allowed.</returns>
    /// <exception cref="HttpRequestException">There was no response.</exception>
    /// <exception cref="TaskOutageException">The service is busy, and was so too often.</exception>
    public async Task<RestResponse?> SendAsync(RestTarget target, RestRequest request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            RestResponse? last = await TryAsync(target, request, cancellationToken);
            if (last?.Status is not (429 or 503))
            {
                return last is not null && Outages.IsOutage(last.Status)
                    ? throw new TaskOutageException($"{request.Method} {request.Url.GetLeftPart(UriPartial.Path)} responded with {last.Status}.")
                    : last;
            }

            TimeSpan pause = last.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
            if (attempt == Attempts || pause > Longest)
            {
                throw new TaskOutageException($"{request.Method} {request.Url.GetLeftPart(UriPartial.Path)} responded with {last.Status}.");
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<RestResponse?> TryAsync(RestTarget target, RestRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(target.Options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage message = Describe(request, target.Connection);
            if (target.Connection is { } connection)
            {
                await connection.ApplyAsync(message, either.Token);
            }

            using HttpClient client = http.CreateClient(ClientName);
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[]? body = await BoundedContent.ReadAsync(response.Content, target.Options.MaxResponseBytes, either.Token);
            return body is null ? null : new((int)response.StatusCode, FunctionResponse.Parse(body) ?? FunctionResponse.Text(body), HttpExchanges.Headers(response)) { RetryAfter = RetryAfter(response) };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TaskOutageException($"{request.Method} {request.Url.GetLeftPart(UriPartial.Path)} got no response within {target.Options.TimeoutSeconds} seconds.");
        }
    }

    private static HttpRequestMessage Describe(RestRequest request, HttpConnection? connection)
    {
        var message = new HttpRequestMessage(request.Method, HttpRequestReader.Authorised(request.Url, connection));
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body.ToUtf8());
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach ((string name, string value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };
}
