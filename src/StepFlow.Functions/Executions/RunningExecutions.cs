using System.Diagnostics.Metrics;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Logs regularly the number of running executions and the age of the oldest one. The alert for the backlog reads it. Searching the log for
/// starts without an end would be limited to the period that an alert can search. The gauge <c>OpenExecutionCount</c> has the same number: each
/// sweep runs on one instance of the app, which shows it until the next sweep is due.
/// </summary>
internal sealed class RunningExecutions : IDisposable
{
    /// <summary>By then another instance has counted.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private readonly Meter _meter = new(ExecutionMetrics.MeterName);
    private readonly DurableClients _clients;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private (int Count, DateTimeOffset Time)? _last;

    public RunningExecutions(DurableClients clients, TimeProvider time, ILogger<RunningExecutions> logger)
    {
        (_clients, _time, _logger) = (clients, time, logger);
        _meter.CreateObservableGauge(
            ExecutionMetrics.OpenExecutions,
            () => _last is { } last && _time.GetUtcNow() - last.Time < Longest ? [new Measurement<long>(last.Count)] : Array.Empty<Measurement<long>>(),
            unit: null,
            "Executions that run.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Queries the back end once, and logs the result.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        // An execution that has continued as new has an instance of today. Its status has the real start time.
        var query = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending], FetchInputsAndOutputs = true };
        DateTimeOffset oldest = _time.GetUtcNow();
        string instanceId = FunctionsLogs.None;
        int count = 0;
        await foreach (OrchestrationMetadata instance in _clients.Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.Name != ActivityNames.Orchestrator)
            {
                continue;
            }

            count++;
            DateTimeOffset started = InstanceView.Status<ProgressStatus>(instance)?.StartTime ?? instance.CreatedAt;
            (oldest, instanceId) = started < oldest ? (started, instance.InstanceId) : (oldest, instanceId);
        }

        _last = (count, _time.GetUtcNow());
        FunctionsLogs.ExecutionsRunning(_logger, count, (long)(_time.GetUtcNow() - oldest).TotalSeconds, instanceId);
    }
}
