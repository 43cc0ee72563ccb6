using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Metrics under the names of Step Functions ("Step Functions metrics in CloudWatch"), by the meter <see cref="MeterName"/>. Times are in milliseconds.</summary>
public sealed class ExecutionMetrics : IExecutionObserver, IDisposable
{
    /// <summary>The name of the meter, which is the namespace of the metrics on AWS.</summary>
    public const string MeterName = "AWS/States";

    /// <summary>How many executions run.</summary>
    public const string OpenExecutions = "OpenExecutionCount";

    /// <summary>How many Map Runs run.</summary>
    public const string OpenMapRuns = "ApproximateOpenMapRunCount";

    private readonly Meter _meter;
    private readonly ConcurrentDictionary<string, Counter<long>> _counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Histogram<double>> _times = new(StringComparer.Ordinal);
    private readonly UpDownCounter<long> _open;
    private readonly UpDownCounter<long> _openMapRuns;

    // By the execution's ARN: how many of its Map Runs have not ended.
    private readonly ConcurrentDictionary<string, int> _mapRuns = new(StringComparer.Ordinal);

    // The tasks that have not ended, by the execution's ARN and by their newest event. The events of one execution come in order.
    private readonly ConcurrentDictionary<string, Dictionary<long, OpenTask>> _tasks = new(StringComparer.Ordinal);

    /// <summary>The instruments.</summary>
    public ExecutionMetrics()
    {
        _meter = new(MeterName);
        _open = _meter.CreateUpDownCounter<long>(OpenExecutions);
        _openMapRuns = _meter.CreateUpDownCounter<long>(OpenMapRuns);
    }

    /// <summary>
    /// Counts only starts (executions, redrives, scheduled tasks). For a host on which several processes observe the events of one
    /// execution: each event is counted separately.
    /// </summary>
    public IExecutionObserver Beginnings => new Part(this, counts: true, relates: false);

    /// <summary>Counts everything else: needs all events of an execution.</summary>
    public IExecutionObserver Ends => new Part(this, counts: false, relates: true);

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events) => Observe(execution, events, counts: true, relates: true);

    public void Dispose() => _meter.Dispose();

    /// <param name="counts">Whether what begins counts.</param>
    /// <param name="relates">Whether what follows an earlier event counts.</param>
    private void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events, bool counts, bool relates)
    {
        var machine = new KeyValuePair<string, object?>("StateMachineArn", execution.Start.StateMachineArn);
        foreach (HistoryEvent item in events)
        {
            switch (item.Type)
            {
                case HistoryEventType.ExecutionStarted or HistoryEventType.ExecutionRedriven:
                    if (counts)
                    {
                        _open.Add(1);
                        Count(item.Type == HistoryEventType.ExecutionStarted ? "ExecutionsStarted" : "ExecutionsRedriven", machine);
                    }

                    break;
                case var type when TaskNames.StageOf(type) == TaskStage.Scheduled:
                    Schedule(execution.Start.ExecutionArn, item, counts, relates);
                    break;
                case var _ when !relates:
                    break;
                case HistoryEventType.ExecutionSucceeded:
                    End("ExecutionsSucceeded", execution, item, machine);
                    break;
                case HistoryEventType.ExecutionFailed:
                    End("ExecutionsFailed", execution, item, machine);
                    break;
                case HistoryEventType.ExecutionTimedOut:
                    End("ExecutionsTimedOut", execution, item, machine);
                    break;
                case HistoryEventType.ExecutionAborted:
                    End("ExecutionsAborted", execution, item, machine);
                    break;
                case HistoryEventType.MapRunStarted or HistoryEventType.MapRunRedriven:
                    _mapRuns.AddOrUpdate(execution.Start.ExecutionArn, 1, static (_, count) => count + 1);
                    _openMapRuns.Add(1, machine);
                    break;
                case HistoryEventType.MapRunSucceeded or HistoryEventType.MapRunFailed or HistoryEventType.MapRunAborted:
                    EndMapRun(execution.Start.ExecutionArn, machine);
                    break;
                default:
                    ObserveTask(execution.Start.ExecutionArn, item);
                    break;
            }
        }
    }

    private void Schedule(string executionArn, HistoryEvent item, bool counts, bool relates)
    {
        (string? plural, _, string? tag) = TaskNames.Of(item.Type);
        if (plural is null)
        {
            return;
        }

        string resource = TaskNames.Resource(item.Details);
        if (counts)
        {
            Count(plural + "Scheduled", new(tag!, resource));
        }

        if (relates)
        {
            _tasks.GetOrAdd(executionArn, static _ => [])[item.Id] = new(item.Timestamp, null, resource);
        }
    }

    private void End(string name, ExecutionRecord execution, HistoryEvent item, KeyValuePair<string, object?> machine)
    {
        _open.Add(-1);
        Count(name, machine);
        Time("ExecutionTime", (item.Timestamp - execution.Start.StartTime).TotalMilliseconds, machine);
        _tasks.TryRemove(execution.Start.ExecutionArn, out _);
        if (_mapRuns.TryRemove(execution.Start.ExecutionArn, out int left))
        {
            // There are no events of the Map Runs that end with an execution.
            _openMapRuns.Add(-left, machine);
        }
    }

    private void EndMapRun(string executionArn, KeyValuePair<string, object?> machine)
    {
        if (!_mapRuns.TryGetValue(executionArn, out int count))
        {
            return;
        }

        // The events of one execution come in order.
        if (count == 1)
        {
            _mapRuns.TryRemove(executionArn, out _);
        }
        else
        {
            _mapRuns[executionArn] = count - 1;
        }

        _openMapRuns.Add(-1, machine);
    }

    private void ObserveTask(string executionArn, HistoryEvent item)
    {
        (string? plural, string? singular, string? tag) = TaskNames.Of(item.Type);
        if (plural is null)
        {
            return;
        }

        TaskStage stage = TaskNames.StageOf(item.Type);
        // Each event of a task refers to the one before.
        if (!_tasks.TryGetValue(executionArn, out Dictionary<long, OpenTask>? tasks) || !tasks.Remove(item.PreviousEventId, out OpenTask task))
        {
            return;
        }

        var resourceTag = new KeyValuePair<string, object?>(tag!, task.Resource);
        switch (stage)
        {
            case TaskStage.Started:
                Count(plural + "Started", resourceTag);
                Time(singular + "ScheduleTime", (item.Timestamp - task.Scheduled).TotalMilliseconds, resourceTag);
                tasks[item.Id] = task with { Started = item.Timestamp };
                break;
            case TaskStage.Submitted:
                tasks[item.Id] = task;
                break;
            default:
                Count(plural + stage, resourceTag);
                Time(singular + "Time", (item.Timestamp - task.Scheduled).TotalMilliseconds, resourceTag);
                if (task.Started is { } started)
                {
                    Time(singular + "RunTime", (item.Timestamp - started).TotalMilliseconds, resourceTag);
                }

                break;
        }

        if (tasks.Count == 0)
        {
            // An execution may wait for long before its next task, and many may.
            _tasks.TryRemove(executionArn, out _);
        }
    }

    private void Count(string name, KeyValuePair<string, object?> tag) =>
        _counters.GetOrAdd(name, static (name, meter) => meter.CreateCounter<long>(name), _meter).Add(1, tag);

    private void Time(string name, double milliseconds, KeyValuePair<string, object?> tag)
    {
        Debug.Assert(milliseconds >= 0, "Signals never go back in time.");
        _times.GetOrAdd(name, static (name, meter) => meter.CreateHistogram<double>(name, "ms"), _meter).Record(milliseconds, tag);
    }

    private sealed class Part(ExecutionMetrics metrics, bool counts, bool relates) : IExecutionObserver
    {
        public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events) => metrics.Observe(execution, events, counts, relates);
    }

    private readonly record struct OpenTask(DateTimeOffset Scheduled, DateTimeOffset? Started, string Resource);
}
