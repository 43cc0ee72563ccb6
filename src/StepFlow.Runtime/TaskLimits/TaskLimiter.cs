using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>
/// Lets tasks begin as the limits of the settings allow. A task that waits counts as running for its timeout. How many
/// run and wait is on the gauges <c>LimitedTaskCount</c> and <c>WaitingTaskCount</c>, by the limit's name.
/// </summary>
public sealed class TaskLimiter : IDisposable
{
    private static readonly TimeSpan LeasePause = TimeSpan.FromSeconds(1);

    private readonly TaskLimit[] _limits;
    private readonly DocumentTaskLeases? _leases;
    private readonly TimeProvider _time;
    private readonly TaskTurns _turns;
    private readonly Meter _meter;

    /// <param name="leases">The leases that are shared with other processes; null if there is only one process.</param>
    public TaskLimiter(IEnumerable<TaskLimit> limits, DocumentTaskLeases? leases, TimeProvider time)
    {
        (_limits, _leases, _time, _turns) = ([.. limits.OrderBy(static limit => limit.Name, StringComparer.Ordinal)], leases, time, new(time));
        _meter = new(ExecutionMetrics.MeterName, version: null, tags: null, scope: this);
        Observe("LimitedTaskCount", _turns.Running, "Running tasks that a limit applies to.");
        Observe("WaitingTaskCount", _turns.Waiting, "Tasks that wait because of a limit.");

        void Observe(string name, Func<TaskLimit, long> count, string description) => _meter.CreateObservableGauge(
            name, () => _limits.Select(limit => new Measurement<long>(count(limit), new KeyValuePair<string, object?>("Limit", limit.Name))), unit: null, description);
    }

    /// <summary>Reads the limits of the section <c>StepFlow</c>.</summary>
    /// <exception cref="FormatException">A limit is not valid. The message is a sentence.</exception>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    public static IReadOnlyList<TaskLimit> Read(IConfiguration section) =>
        [.. (section.GetSection("TaskLimits").Get<Dictionary<string, TaskLimitOptions>>() ?? []).Select(static pair => new TaskLimit(pair.Key, pair.Value))];

    /// <summary>The error in the limits of the section <c>StepFlow</c>, as a sentence. Values of a wrong type are not reported here: the validation of all settings reports them.</summary>
    public static IEnumerable<string> Check(IConfiguration section)
    {
        try
        {
            Read(section);
            return [];
        }
        catch (FormatException wrong)
        {
            return [wrong.Message];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>Runs a task when it has its turn.</summary>
    /// <exception cref="TaskDeferredException">It had no turn within <see cref="TaskCall.LongestLimitWait"/>.</exception>
    public Task<TaskOutcome> RunAsync(Func<TaskCall, CancellationToken, Task<TaskOutcome>> run, TaskCall call, CancellationToken cancellationToken)
    {
        TaskLimit[] about = [.. _limits.Where(limit => limit.IsAbout(call.Resource))];

        // A job counts as long as it runs, so its call lasts as long.
        return about.Length == 0 || call.StopsJob ? run(call, cancellationToken) : RunAsync(about, run, call with { PollsJobs = false }, cancellationToken);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _turns.Dispose();
    }

    private async Task<TaskOutcome> RunAsync(TaskLimit[] limits, Func<TaskCall, CancellationToken, Task<TaskOutcome>> run, TaskCall call, CancellationToken cancellationToken)
    {
        TaskShare[] shares = [.. limits.Select(limit => new TaskShare(limit, limit.KeyOf(call)))];
        DateTimeOffset? latest = call.LongestLimitWait is { } timeout ? _time.GetUtcNow() + timeout : null;
        TaskWaiter waiter = _turns.Enter(call.ExecutionArn, shares, limits.Max(limit => limit.PriorityOf(call)));
        var leases = new List<IAsyncDisposable>();
        try
        {
            if (!waiter.Served.Task.IsCompleted || _leases is not null)
            {
                call.WaitsForTurn?.Invoke(true);
                try
                {
                    await TakeAsync(waiter, shares, call, leases, latest, cancellationToken);
                }
                finally
                {
                    call.WaitsForTurn?.Invoke(false);
                }
            }

            return await run(call, cancellationToken);
        }
        finally
        {
            await ReturnAsync(leases);
            _turns.Leave(waiter);
        }
    }

    private async Task TakeAsync(TaskWaiter waiter, TaskShare[] shares, TaskCall call, List<IAsyncDisposable> leases, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Served.Task.WaitAsync(call.LongestLimitWait ?? Timeout.InfiniteTimeSpan, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TaskDeferredException(shares[0].Limit.Name);
        }

        while (_leases is not null && await TryTakeAsync(_leases, shares, call, leases, cancellationToken) is { } full)
        {
            if (_time.GetUtcNow() + LeasePause > latest)
            {
                throw new TaskDeferredException(full.Name);
            }

            await Task.Delay(LeasePause, _time, cancellationToken);
        }
    }

    /// <summary>Takes all shares or none. Gives the limit that is used up.</summary>
    private static async Task<TaskLimit?> TryTakeAsync(DocumentTaskLeases from, TaskShare[] shares, TaskCall call, List<IAsyncDisposable> leases, CancellationToken cancellationToken)
    {
        foreach (TaskShare share in shares)
        {
            if (await from.TryTakeAsync(share, call.IdempotencyKey, cancellationToken) is { } lease)
            {
                leases.Add(lease);
                continue;
            }

            await ReturnAsync(leases);
            leases.Clear();
            return share.Limit;
        }

        return null;
    }

    private static async Task ReturnAsync(List<IAsyncDisposable> leases)
    {
        foreach (IAsyncDisposable lease in leases)
        {
            await lease.DisposeAsync();
        }
    }
}
