using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Reports telemetry that relates events to earlier ones, such as how long a task took, while executions run. The activities of an
/// execution run on any instance of the app, and each instance reports the events that it stored. If it does not have the events before
/// them, it reads them a moment later: only what it has not read before.
/// </summary>
internal sealed class HistoryTracking(
    IReadOnlyList<IExecutionTracking> trackings, ExecutionStorage storage, [FromKeyedServices(RealTime.Key)] TimeProvider realTime, ILogger<HistoryTracking> logger) : IHostedService, IDisposable
{
    /// <summary>How many events of all executions are remembered. An execution that is no longer remembered is read from its beginning.</summary>
    private const long MaxRemembered = 250_000;

    /// <summary>Other instances have stored earlier events by then, and an execution of many tasks is read once a second at most.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly MemoryCache _tracked = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Events were stored.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="events">The events.</param>
    /// <param name="large">The ids of those that are too large for one message, and so are not among them.</param>
    public void Report(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events, IReadOnlyList<long> large)
    {
        bool concerns = Concerns(events) || large.Count > 0;
        lock (_gate)
        {
            if ((Find(execution) ?? (concerns ? new(execution, trackings) : null)) is not { } tracked)
            {
                return;
            }

            Add(tracked, events, large);
            if (concerns && tracked.WaitingCount > 0 && !tracked.IsReadingDue)
            {
                tracked.IsReadingDue = true;
                Run(ReadLaterAsync(tracked));
            }

            _tracked.Set(tracked.Arn, tracked, new MemoryCacheEntryOptions { SlidingExpiration = Duration, Size = 1 + tracked.RememberedCount });
        }
    }

    /// <summary>An execution has ended: what was stored last is reported, and what waits.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="last">The events that were stored last.</param>
    /// <param name="all">All events; null if they are to be read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task EndAsync(ExecutionRecord execution, IReadOnlyList<HistoryEvent> last, IReadOnlyList<HistoryEvent>? all, CancellationToken cancellationToken)
    {
        TrackedExecution? tracked;
        lock (_gate)
        {
            tracked = Find(execution) ?? (Concerns(last) ? new(execution, trackings) : null);
            _tracked.Remove(execution.Start.ExecutionArn);
        }

        if (tracked is null)
        {
            return;
        }

        Add(tracked, last, []);
        if (tracked.WaitingCount > 0)
        {
            await ReadAsync(tracked, all, cancellationToken);
        }

        if (tracked.WaitingCount > 0)
        {
            tracked.Restart();
            await ReadAsync(tracked, all, cancellationToken);
        }

        tracked.End(execution);
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

    public void Dispose()
    {
        _stop.Dispose();
        _tracked.Dispose();
    }

    private static void Add(TrackedExecution tracked, IReadOnlyList<HistoryEvent> events, IReadOnlyList<long> large)
    {
        foreach (long id in large)
        {
            tracked.AddStored(id);
        }

        tracked.AddStored(events);
    }

    private bool Concerns(IReadOnlyList<HistoryEvent> events) => trackings.Any(tracking => tracking.Concerns(events));

    private TrackedExecution? Find(ExecutionRecord execution) => _tracked.Get<TrackedExecution>(execution.Start.ExecutionArn);

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

    private async Task ReadLaterAsync(TrackedExecution tracked)
    {
        // If the app stops, what waits is reported at once.
        await Task.Delay(Delay, realTime, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            tracked.IsReadingDue = false;
        }

        try
        {
            await ReadAsync(tracked, null, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            FunctionsLogs.TelemetryLate(logger, e, tracked.WaitingCount, tracked.Arn);
        }
    }

    private async Task ReadAsync(TrackedExecution tracked, IReadOnlyList<HistoryEvent>? all, CancellationToken cancellationToken)
    {
        HistoryPosition from = tracked.Position;
        (IReadOnlyList<HistoryEvent> events, HistoryPosition next) = all is null ? await storage.History.ReadAsync(tracked.Arn, from, cancellationToken) : (all, from);
        tracked.AddRead(from, events, next);
    }
}
