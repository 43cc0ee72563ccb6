using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Reports telemetry that relates events to earlier ones, such as how long a task took, while executions run. The activities of an
/// execution run on any instance of the app, and no instance has all events. So the instance that stored events reads the history a
/// moment later, and reports those that it stored. Events that are stored meanwhile are reported by the same reading.
/// </summary>
internal sealed class HistoryTracking(
    IReadOnlyList<IExecutionTracking> trackings, ExecutionStorage storage, [FromKeyedServices(RealTime.Key)] TimeProvider realTime, ILogger<HistoryTracking> logger) : IHostedService, IDisposable
{
    /// <summary>Other instances have stored earlier events by then, and an execution of many tasks is read once a second at most.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Events were stored.</summary>
    public void Report(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (!trackings.Any(tracking => tracking.Concerns(events)))
        {
            return;
        }

        lock (_gate)
        {
            string arn = execution.Start.ExecutionArn;
            if (!_waiting.TryGetValue(arn, out Waiting? waiting))
            {
                _waiting[arn] = waiting = new(execution);
                Run(ReportLaterAsync(arn));
            }

            waiting.Events.UnionWith(events.Select(static item => item.Id));
        }
    }

    /// <summary>An execution has ended: what was stored last is reported, and what waits.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="last">The events that were stored last.</param>
    /// <param name="all">All events; null if they are to be read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task EndAsync(ExecutionRecord execution, IReadOnlyList<HistoryEvent> last, IReadOnlyList<HistoryEvent>? all, CancellationToken cancellationToken)
    {
        HashSet<long> events = Take(execution.Start.ExecutionArn)?.Events ?? [];
        if (events.Count == 0 && !trackings.Any(tracking => tracking.Concerns(last)))
        {
            return;
        }

        events.UnionWith(last.Select(static item => item.Id));
        Report(execution, all ?? await storage.History.ReadAsync(execution.Start.ExecutionArn, cancellationToken), events, isEnd: true);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reports what waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private Waiting? Take(string arn)
    {
        lock (_gate)
        {
            _waiting.Remove(arn, out Waiting? waiting);
            return waiting;
        }
    }

    private void Run(Task task)
    {
        _running.Add(task);
        _ = task.ContinueWith(
            ended =>
            {
                lock (_gate)
                {
                    _running.Remove(ended);
                }
            },
            TaskScheduler.Default);
    }

    private async Task ReportLaterAsync(string arn)
    {
        // If the app stops, what waits is reported at once.
        await Task.Delay(Delay, realTime, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Take(arn) is not { } waiting)
        {
            return;
        }

        try
        {
            Report(waiting.Execution, await storage.History.ReadAsync(arn, CancellationToken.None), waiting.Events, isEnd: false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            FunctionsLogs.TelemetryLost(logger, e, waiting.Events.Count, arn);
        }
    }

    private void Report(ExecutionRecord execution, IReadOnlyList<HistoryEvent> all, HashSet<long> events, bool isEnd)
    {
        foreach (IExecutionTracking tracking in trackings.Where(tracking => tracking.Concerns(all)))
        {
            IExecutionTracker tracker = tracking.Track(execution);
            foreach (HistoryEvent item in all)
            {
                tracker.Observe(item, events.Contains(item.Id));
            }

            if (isEnd)
            {
                tracker.End(execution);
            }
        }
    }

    private sealed record Waiting(ExecutionRecord Execution)
    {
        public HashSet<long> Events { get; } = [];
    }
}
