using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>Application Insights' ingestion endpoint: keeps what it is sent.</summary>
internal sealed class InsightsDouble : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<JsonElement> _items = new();

    private InsightsDouble(WebApplication server) => _server = server;

    public string ConnectionString => $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={_server.Urls.Single()}/";

    public static async Task<InsightsDouble> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var insights = new InsightsDouble(server);
        server.MapPost("/{**path}", (Delegate)insights.TakeAsync);
        await server.StartAsync();
        return insights;
    }

    /// <summary>The names of the metrics.</summary>
    public IEnumerable<string?> Metrics() => Data("MetricData").Select(data => Metric(data).GetProperty("name").GetString());

    /// <summary>The sum of a metric over what has a property; null where nothing has it.</summary>
    public double? Sum(string name, string property, string value)
    {
        double[] values =
        [
            .. Data("MetricData")
                .Where(data => Metric(data).GetProperty("name").GetString() == name && data.GetProperty("properties").GetProperty(property).GetString() == value)
                .Select(data => Metric(data).GetProperty("value").GetDouble()),
        ];
        return values.Length == 0 ? null : values.Sum();
    }

    /// <summary>The names of the spans.</summary>
    public IEnumerable<string?> Spans() =>
        Data("RemoteDependencyData").Concat(Data("RequestData")).Select(data => data.GetProperty("name").GetString());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static JsonElement Metric(JsonElement data) => data.GetProperty("metrics")[0];

    private IEnumerable<JsonElement> Data(string type) => _items
        .Select(item => item.GetProperty("data"))
        .Where(data => data.GetProperty("baseType").GetString() == type)
        .Select(data => data.GetProperty("baseData"));

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        Stream body = context.Request.Body;
        if (context.Request.Headers.ContentEncoding == "gzip")
        {
            body = new GZipStream(body, CompressionMode.Decompress);
        }

        using var reader = new StreamReader(body);
        int count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            _items.Enqueue(JsonDocument.Parse(line).RootElement);
            count++;
        }

        return Results.Json(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<string>() });
    }
}
