using System.Diagnostics.Metrics;
using StepFlow.Runtime.Problems;

namespace StepFlow.Runtime.Telemetry;

/// <summary>
/// Gauges of problems of executions: <c>SuspendedExecutionCount</c>, <c>RepeatedTaskCount</c>,
/// <c>RepeatedMapRunCount</c>. By the meter of the executions; Step Functions has none of them.
/// </summary>
public sealed class ProblemMetrics : IDisposable
{
    /// <summary>The gauge of suspended executions.</summary>
    public const string SuspendedExecutionCount = "SuspendedExecutionCount";

    private readonly Meter _meter;

    /// <summary>The instruments.</summary>
    /// <param name="problems">The problems of this process.</param>
    public ProblemMetrics(ProblemRegistry problems)
    {
        _meter = new(ExecutionMetrics.MeterName, version: null, tags: null, scope: problems);
        Observe(SuspendedExecutionCount, ExecutionProblemKind.Suspended, "Executions that cannot continue now.");
        Observe("RepeatedTaskCount", ExecutionProblemKind.TaskRepeated, "Tasks that are repeated because the called service is not available.");
        Observe("RepeatedMapRunCount", ExecutionProblemKind.MapRunRepeated, "Map Runs that are repeated because the host failed.");

        void Observe(string name, ExecutionProblemKind kind, string description) =>
            _meter.CreateObservableGauge<long>(name, () => problems.Count(kind), unit: null, description);
    }

    public void Dispose() => _meter.Dispose();
}
