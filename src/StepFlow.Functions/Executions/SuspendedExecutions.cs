using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>
/// A gauge of the executions that an operator suspended in Durable Functions, from the last retention run. It has the same name as on
/// one machine. Each retention run is on one instance of the app, so only one instance at a time reports the number.
/// </summary>
internal sealed class SuspendedExecutions : IDisposable
{
    private const int Max = 100;

    private readonly Meter _meter = new(ExecutionMetrics.MeterName);
    private readonly IExecutionProblems _problems;
    private readonly ILogger _logger;
    private int? _count;

    public SuspendedExecutions(IExecutionProblems problems, ILogger<SuspendedExecutions> logger)
    {
        (_problems, _logger) = (problems, logger);
        _meter.CreateObservableGauge(
            ProblemMetrics.SuspendedExecutionCount, () => _count is { } count ? [new Measurement<long>(count)] : Array.Empty<Measurement<long>>(), unit: null, "Executions that cannot continue now.");
    }

    /// <summary>
    /// Logs suspended orchestrations as long as they are suspended, and sets the number that the gauge shows. Alerts read the log, dashboards
    /// the gauge. Before the first call the gauge shows nothing.
    /// </summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ExecutionProblem> found = await _problems.ListAsync(Max, cancellationToken);
        foreach (ExecutionProblem problem in found)
        {
            FunctionsLogs.ExecutionSuspended(_logger, problem.ExecutionArn, problem.Since, problem.Reason);
        }

        _count = found.Count;
    }

    public void Dispose() => _meter.Dispose();
}
