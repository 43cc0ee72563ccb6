using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// Sends the metrics and traces of executions: to Application Insights if <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>
/// is set, and by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The telemetry of the Functions host itself
/// (requests, dependencies, log lines) is sent by the host.
/// </summary>
internal static class TelemetryExport
{
    /// <summary>The spans of about five executions of five states.</summary>
    private const double SpansPerSecond = 30;

    /// <summary>Adds the exporters that the settings name, if any.</summary>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, AppConfiguration settings)
    {
        if (settings.InsightsConnection is not null || settings.OtlpEndpoint is not null)
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("stepflow").AddEnvironmentVariableDetector())
                .WithMetrics(metrics => metrics
                    .AddMeter(ExecutionMetrics.MeterName)

                    // No instance of an app observes all starts and ends. Sweeps count what is open.
                    .AddView(static instrument => instrument is UpDownCounter<long> { Name: ExecutionMetrics.OpenExecutions or ExecutionMetrics.OpenMapRuns } ? MetricStreamConfiguration.Drop : null))
                .WithTracing(traces => traces.AddSource(ExecutionTraces.SourceName));
        }

        return services
            .AddInsights(settings)
            .AddOtlp(settings);
    }

    private static IServiceCollection AddInsights(this IServiceCollection services, AppConfiguration settings)
    {
        if (settings.InsightsConnection is not { } connection)
        {
            return services;
        }

        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddAzureMonitorMetricExporter());
        services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddAzureMonitorTraceExporter());
        services.AddOptions<AzureMonitorExporterOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.ConnectionString = connection;

            // The exporter's limit counts spans here, because those of states have no parent in this process. Its default is 5.
            options.TracesPerSecond = SpansPerSecond;
            if (settings.StorageConnection is null)
            {
                // An app that signs in to its storage with an identity does so here.
                options.Credential = provider.GetRequiredService<TokenCredential>();
            }
        });
        return services;
    }

    private static IServiceCollection AddOtlp(this IServiceCollection services, AppConfiguration settings)
    {
        if (settings.OtlpEndpoint is null)
        {
            return services;
        }

        // The exporter reads the endpoint, headers and protocol from the environment by itself.
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddOtlpExporter());
        services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddOtlpExporter());
        return services;
    }
}
