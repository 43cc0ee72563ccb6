using System.Diagnostics.Metrics;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>
/// A gauge of the executions that an operator suspended in Durable Functions, from the last retention run. It has the same name as on
/// one machine. Each retention run is on one instance of the app, so only one instance at a time reports the number.
/// </summary>
internal sealed class SuspendedExecutions : IDisposable
{
    private readonly Meter _meter = new(ExecutionMetrics.MeterName);
    private int? _count;

    public SuspendedExecutions() => _meter.CreateObservableGauge(
        ProblemMetrics.SuspendedExecutionCount, () => _count is { } count ? [new Measurement<long>(count)] : Array.Empty<Measurement<long>>(), unit: null, "Executions that cannot continue now.");

    /// <summary>Sets the number that the gauge shows. Before the first call it shows nothing.</summary>
    public void Report(int count) => _count = count;

    public void Dispose() => _meter.Dispose();
}
