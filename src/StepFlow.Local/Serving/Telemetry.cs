using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Serving;

/// <summary>Sends metrics, traces and execution logs by OTLP, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private Telemetry()
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("stepflow").AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ExecutionMetrics.MeterName).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ExecutionTraces.SourceName).AddOtlpExporter().Build();
    }

    private static bool IsWanted => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));

    /// <summary>Starts to send; null if no endpoint is set.</summary>
    public static Telemetry? Start() => IsWanted ? new Telemetry() : null;

    /// <summary>Also sends execution logs, if an endpoint is set.</summary>
    public static void AddLogs(ILoggingBuilder logging)
    {
        if (IsWanted)
        {
            logging
                .AddOpenTelemetry(options => options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("stepflow").AddEnvironmentVariableDetector()).AddOtlpExporter())
                .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None)
                .AddFilter<OpenTelemetryLoggerProvider>(LoggerSink.Category, LogLevel.Information);
        }
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
