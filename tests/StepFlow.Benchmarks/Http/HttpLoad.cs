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

    public HttpLoad(Uri address, int concurrency)
    {
        _concurrency = concurrency;
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = concurrency, UseProxy = false, UseCookies = false }) { BaseAddress = address };
    }

    /// <summary>Calls an operation once.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject request)
    {
        using HttpResponseMessage response = await SendAsync("/", operation, request.ToUtf8());
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? (JsonObject)JsonValue.Parse(body) : throw new InvalidOperationException($"{operation}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Calls an operation for a while.</summary>
    public Task<LoadResult> RunAsync(string operation, JsonObject request, TimeSpan time) => RunAsync("/", operation, request, time);

    /// <summary>Calls the echo for a while, with the same request.</summary>
    public Task<LoadResult> EchoAsync(JsonObject request, TimeSpan time) => RunAsync("/echo", null, request, time);

    public void Dispose() => _client.Dispose();

    private async Task<LoadResult> RunAsync(string path, string? operation, JsonObject request, TimeSpan time)
    {
        byte[] body = request.ToUtf8();
        var watch = Stopwatch.StartNew();
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, _concurrency).Select(_ => Task.Run(async () =>
        {
            var taken = new List<double>(10_000);
            while (watch.Elapsed < time)
            {
                long began = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await SendAsync(path, operation, body);
                await response.Content.ReadAsByteArrayAsync();
                response.EnsureSuccessStatusCode();
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return taken;
        })));
        double seconds = watch.Elapsed.TotalSeconds;
        double[] all = [.. latencies.SelectMany(taken => taken).Order()];
        return new(all.Length / seconds, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string? operation, byte[] body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = ContentType;
        if (operation is not null)
        {
            message.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSStepFunctions." + operation);
        }

        return _client.SendAsync(message);
    }
}

/// <summary>What a load came to.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="P50">The median latency, in milliseconds.</param>
/// <param name="P99">The latency that one call in a hundred exceeds, in milliseconds.</param>
internal readonly record struct LoadResult(double PerSecond, double P50, double P99);
