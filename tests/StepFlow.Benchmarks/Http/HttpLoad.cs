using System.Diagnostics;
using System.Net.Http.Headers;
using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Http;

/// <summary>Clients that call one after the other, so many at a time.</summary>
internal sealed class HttpLoad : IDisposable
{
    private static readonly MediaTypeHeaderValue ContentType = new("application/x-amz-json-1.0");
    private readonly HttpClient _client;
    private readonly int _concurrency;
    private readonly Uri _address;
    private readonly Uri _echo;

    /// <param name="address">Where the service is.</param>
    /// <param name="echo">Where the echo is.</param>
    /// <param name="concurrency">How many call at a time.</param>
    public HttpLoad(Uri address, Uri echo, int concurrency)
    {
        _concurrency = concurrency;
        _address = address;
        _echo = echo;
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = concurrency, UseProxy = false, UseCookies = false });
    }

    /// <summary>Calls an operation once.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject request)
    {
        using HttpResponseMessage response = await SendAsync(_address, operation, request.ToUtf8());
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? (JsonObject)JsonValue.Parse(body) : throw new InvalidOperationException($"{operation}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Calls an operation for a while.</summary>
    public async Task<LoadResult> RunAsync(string operation, JsonObject request, TimeSpan time)
    {
        var calls = new LoadSamples();
        await RunAsync(_address, operation, request, time, calls);
        return calls.Result();
    }

    /// <summary>Calls an operation and the echo, with the same request, in turns: both see the same machine, and the same code that the runtime has compiled meanwhile.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="request">The request.</param>
    /// <param name="time">How long each of them is called in all.</param>
    /// <param name="turns">In how many turns.</param>
    public async Task<(LoadResult Ours, LoadResult Echo)> CompareAsync(string operation, JsonObject request, TimeSpan time, int turns)
    {
        var ours = new LoadSamples();
        var echo = new LoadSamples();
        for (int turn = 0; turn < turns; turn++)
        {
            await RunAsync(_echo, operation, request, time / turns, echo);
            await RunAsync(_address, operation, request, time / turns, ours);
        }

        return (ours.Result(), echo.Result());
    }

    public void Dispose() => _client.Dispose();

    private async Task RunAsync(Uri address, string operation, JsonObject request, TimeSpan time, LoadSamples calls)
    {
        byte[] body = request.ToUtf8();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, _concurrency).Select(_ => Task.Run(async () =>
        {
            var taken = new List<double>(10_000);
            while (watch.Elapsed < time)
            {
                long began = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await SendAsync(address, operation, body);
                await response.Content.ReadAsByteArrayAsync();
                response.EnsureSuccessStatusCode();
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return taken;
        })));
        calls.Add(latencies.SelectMany(static taken => taken), watch.Elapsed, Environment.CpuUsage.TotalTime - before);
    }

    private Task<HttpResponseMessage> SendAsync(Uri address, string operation, byte[] body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = ContentType;
        message.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSStepFunctions." + operation);
        return _client.SendAsync(message);
    }
}
