using System.Diagnostics.Metrics;

namespace StepFlow.Benchmarks.Azure;

/// <summary>Counts the requests that this process sends to a storage account, by service. The clients' own metrics report each request.</summary>
internal sealed class RequestCounter : IDisposable
{
    private const string Meter = "System.Net.Http";
    private const string Instrument = "http.client.request.duration";

    private readonly Dictionary<int, string> _services;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Service, string Method), long> _counts = [];

    /// <summary>Starts to count.</summary>
    /// <param name="connectionString">The account, with an endpoint of its own for each service.</param>
    public RequestCounter(string connectionString)
    {
        _services = connectionString.Split(';')
            .Select(part => part.Split("Endpoint=", 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => new Uri(part[1]).Port, part => part[0]);
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter && instrument.Name == Instrument)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Count);
        _listener.Start();
    }

    /// <summary>The requests so far.</summary>
    public StorageRequests Read()
    {
        lock (_gate)
        {
            long Of(string service) => _counts.Where(count => count.Key.Service == service).Sum(count => count.Value);
            return new(_counts.GetValueOrDefault(("Queue", "POST")), Of("Blob"), Of("Table"));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        int port = 0;
        string method = string.Empty;
        foreach ((string name, object? value) in tags)
        {
            port = name == "server.port" && value is int number ? number : port;
            method = name == "http.request.method" && value is string text ? text : method;
        }

        if (_services.TryGetValue(port, out string? service))
        {
            lock (_gate)
            {
                _counts[(service, method)] = _counts.GetValueOrDefault((service, method)) + 1;
            }
        }
    }
}

/// <summary>Requests to a storage account.</summary>
/// <param name="Messages">Messages put into queues.</param>
/// <param name="Blobs">Requests of blobs.</param>
/// <param name="Tables">Requests of tables.</param>
internal sealed record StorageRequests(double Messages, double Blobs, double Tables)
{
    /// <summary>What came since then, a part of it.</summary>
    public StorageRequests Since(StorageRequests before, double share) =>
        new((Messages - before.Messages) * share, (Blobs - before.Blobs) * share, (Tables - before.Tables) * share);
}
