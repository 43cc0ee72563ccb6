using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Client;

/// <summary>
/// Calls the Step Functions API as a client of AWS does: AWS JSON over HTTP. A call that gets no response, or the response that
/// the server failed, is repeated until it succeeds, so every call that returns was acknowledged.
/// </summary>
/// <param name="endpoint">Where the server is now: it moves with every restart. Null while it is down.</param>
internal sealed class StatesClient(Func<Uri?> endpoint) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly MediaTypeHeaderValue ContentType = new("application/x-amz-json-1.0");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(90),
    };

    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _latencies = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>Milliseconds that successful calls took, by operation. Repetitions count as calls of their own.</summary>
    public IReadOnlyDictionary<string, ConcurrentBag<double>> Latencies => _latencies;

    /// <summary>How often the server reported that it had failed (HTTP 5xx, but not that it stops or stands on something that does not work: 503), by operation and response.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>Calls an operation until it gets a response.</summary>
    /// <exception cref="ServiceException">The service refused the call.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(request.ToJsonString());
        while (true)
        {
            if (await TryCallAsync(operation, body, cancellationToken) is { } returned)
            {
                return returned;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Calls an operation once.</summary>
    /// <returns>The response; null when there was none, or the server failed.</returns>
    /// <exception cref="ServiceException">The service refused the call.</exception>
    public async Task<JsonObject?> TryCallAsync(string operation, JsonObject request, CancellationToken cancellationToken) =>
        await TryCallAsync(operation, Encoding.UTF8.GetBytes(request.ToJsonString()), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject?> TryCallAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        if (endpoint() is not { } url)
        {
            return null;
        }

        try
        {
            long began = Stopwatch.GetTimestamp();
            using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            message.Content.Headers.ContentType = ContentType;
            message.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSStepFunctions." + operation);
            using HttpResponseMessage response = await _http.SendAsync(message, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            _latencies.GetOrAdd(operation, static _ => []).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return Read(operation, response.StatusCode, text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private JsonObject? Read(string operation, HttpStatusCode status, string text)
    {
        if (status == HttpStatusCode.OK)
        {
            return (JsonObject)JsonNode.Parse(text)!;
        }

        if (status == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        if (status >= HttpStatusCode.InternalServerError)
        {
            _failures.AddOrUpdate($"{operation}: {(int)status} {text}", 1, static (_, count) => count + 1);
            return null;
        }

        var error = (JsonObject)JsonNode.Parse(text)!;
        string code = (string?)error["__type"] ?? status.ToString();
        throw new ServiceException(code[(code.LastIndexOf('#') + 1)..], (string?)(error["message"] ?? error["Message"]) ?? text);
    }
}
