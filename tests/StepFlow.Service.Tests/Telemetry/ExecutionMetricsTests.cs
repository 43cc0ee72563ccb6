using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Telemetry;

/// <summary>Metrics under the names of Step Functions, and the trace of an execution.</summary>
public sealed class ExecutionMetricsTests
{
    private const string Definition = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo"},"Next":"Done"},"Done":{"Type":"Succeed"}}}
        """;

    [Fact]
    public async Task Metrics_OfAnExecution_BearTheServicesNames()
    {
        using var metrics = new ExecutionMetrics();
        var test = new TestService(observer: metrics);
        string machine = await test.CreateAsync("metrics-" + Guid.NewGuid().ToString("N"), Definition);
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, current) =>
            {
                if (instrument.Meter.Name == ExecutionMetrics.MeterName)
                {
                    current.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        string execution = await test.StartAsync(machine);
        await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);

        Assert.Equal(["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionTime"], seen);

        // Other tests may run at the same time: only what bears this machine's ARN is counted.
        void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (Equals(tag.Value, machine))
                {
                    seen.Enqueue(instrument.Name);
                }
            }
        }
    }

    [Fact]
    public async Task Trace_OfAnExecution_HasASpanForEachState()
    {
        using var traces = new ExecutionTraces();
        string name = "traced-" + Guid.NewGuid().ToString("N");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ExecutionTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var test = new TestService(observer: traces);
        string execution = await test.StartAsync(await test.CreateAsync(name, Definition));
        await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);

        Activity root = Assert.Single(spans, span => span.DisplayName == name);
        string[] states = [.. spans.Where(span => span.ParentSpanId == root.SpanId).Select(span => span.DisplayName)];

        Assert.Equal(["Work", "Done"], states);
        Assert.Contains(root.TraceId.ToHexString(), ExecutionTraces.TraceParent(execution, "task"), StringComparison.Ordinal);
    }
}
