using System.Collections.Frozen;
using Azure.Core;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Http;

/// <summary><c>http:invoke</c>: calls an HTTPS endpoint (Step Functions developer guide, "HTTP Task").</summary>
internal sealed class HttpInvoke : ITaskIntegration
{
    /// <summary>The name of the HTTP client that calls endpoints.</summary>
    public const string ClientName = "stepflow-http";

    /// <summary>The name of the HTTP client that fetches tokens.</summary>
    public const string TokenClientName = "stepflow-http-tokens";

    private readonly IHttpClientFactory _http;
    private readonly HostPolicy _hosts;
    private readonly TimeProvider _time;
    private readonly int _timeoutSeconds;
    private readonly int _maxResponseBytes;
    private readonly FrozenDictionary<string, HttpConnection> _connections;

    public HttpInvoke(HttpOptions options, HostPolicy hosts, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
    {
        (_http, _hosts, _time) = (http, hosts, time);
        (_timeoutSeconds, _maxResponseBytes) = (options.TimeoutSeconds, options.MaxResponseBytes);
        _connections = options.Connections.ToFrozenDictionary(
            static connection => connection.Key,
            connection => new HttpConnection(connection.Value, http, credential, time),
            StringComparer.OrdinalIgnoreCase);
    }

    public string Name => "http:invoke";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        HttpConnection? connection = null;
        if (HttpRequestReader.ConnectionName(arguments) is { } name && !_connections.TryGetValue(name, out connection))
        {
            return new TaskRejected(HttpErrors.Permissions, HttpErrors.UnknownConnection(name));
        }

        using HttpRequestMessage? request = HttpRequestReader.Read(call, arguments, connection);
        if (request is null)
        {
            return new TaskRejected(ErrorNames.Runtime, arguments.Problem);
        }

        if (Refusal(request.RequestUri!) is { } refusal)
        {
            return refusal;
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_timeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            HashSet<(string Name, string Value)> own = call.Exchanged is null ? [] : [.. HttpExchanges.Headers(request)];
            if (connection is not null)
            {
                await connection.ApplyAsync(request, either.Token);
            }

            HttpExchange? exchange = call.Exchanged is null ? null : await HttpExchanges.OfAsync(request, own, connection, either.Token);
            Show(call, exchange);

            using HttpClient client = _http.CreateClient(ClientName);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[]? body = await BoundedContent.ReadAsync(response.Content, _maxResponseBytes, either.Token);
            Show(call, exchange?.With(response, body));
            return body is null
                ? new TaskRejected(ErrorNames.DataLimitExceeded, HttpErrors.TooLarge(_maxResponseBytes))
                : HttpResponseReader.Read(response, body, call.Resource.Service == "http");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TaskRejected(HttpErrors.Socket, HttpErrors.Timeout(_timeoutSeconds));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return new TaskRejected(HttpErrors.Socket, failure.InnerException?.Message ?? failure.Message);
        }
    }

    private static void Show(TaskCall call, HttpExchange? exchange)
    {
        if (exchange is not null)
        {
            call.Exchanged!(exchange);
        }
    }

    private TaskRejected? Refusal(Uri url)
    {
        bool plain = url.Scheme == Uri.UriSchemeHttp;
        return url.Scheme != Uri.UriSchemeHttps && !plain ? new(ErrorNames.Runtime, HttpErrors.InvalidEndpoint)
            : !_hosts.Allows(url.IdnHost, url.Port) ? new(HttpErrors.Permissions, HttpErrors.HostNotAllowed(url.IdnHost))
            : plain && !_hosts.IsNamed(url.IdnHost, url.Port) ? new(ErrorNames.Runtime, HttpErrors.InvalidEndpoint)
            : null;
    }
}
