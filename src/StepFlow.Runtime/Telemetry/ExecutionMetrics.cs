using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Metrics under the names of Step Functions ("Step Functions metrics in CloudWatch"), by the meter <see cref="MeterName"/>. Times are in milliseconds.</summary>
public sealed class ExecutionMetrics : IExecutionObserver, IExecutionTracking, IDisposable
{
    /// <summary>The name of the meter, which is the namespace of the metrics on AWS.</summary>
    public const string MeterName = "AWS/States";

    /// <summary>How many executions run.</summary>
    public const string OpenExecutions = "OpenExecutionCount";

    /// <summary>How many Map Runs run.</summary>
    public const string OpenMapRuns = "ApproximateOpenMapRunCount";

    private readonly Meter _meter;
    private readonly Counter<long> _started;
    private readonly ConcurrentDictionary<string, Counter<long>> _counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Histogram<double>> _times = new(StringComparer.Ordinal);
    private readonly UpDownCounter<long> _open;
    private readonly UpDownCounter<long> _openMapRuns;

    // By the execution's ARN. The events of one execution come in order.
    private readonly ConcurrentDictionary<string, Tracker> _trackers = new(StringComparer.Ordinal);

    /// <summary>The instruments.</summary>
    public ExecutionMetrics()
    {
        _meter = new(MeterName);
        _started = _meter.CreateCounter<long>("ExecutionsStarted");
        _open = _meter.CreateUpDownCounter<long>(OpenExecutions);
        _openMapRuns = _meter.CreateUpDownCounter<long>(OpenMapRuns);
    }

    /// <summary>
    /// Counts only starts (executions, redrives, scheduled tasks). For a host on which several processes observe the events of one
    /// execution: each event is counted separately. A tracker counts everything else.
    /// </summary>
    public IExecutionObserver Beginnings => new StartsOnly(this);

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        string arn = execution.Start.ExecutionArn;
        Tracker tracker = _trackers.GetOrAdd(arn, _ => new(this, execution));
        foreach (HistoryEvent item in events)
        {
            Begin(execution, item);
            tracker.Observe(item, isNew: true);
        }

        // An execution may wait for a long time before its next task, and many executions may wait.
        if (tracker.IsIdle)
        {
            _trackers.TryRemove(arn, out _);
        }
    }

    public bool Concerns(IReadOnlyList<HistoryEvent> events) =>
        _started.Enabled && events.Any(static item => StatusNames.AfterEnd(item.Type) is not null || item.Type is HistoryEventType.MapRunStarted or HistoryEventType.MapRunRedriven
            || (TaskNames.Of(item.Type).Plural is not null && TaskNames.StageOf(item.Type) != TaskStage.Scheduled));

    public IExecutionTracker Track(ExecutionRecord execution) => new Tracker(this, execution);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Machine(ExecutionRecord execution) => new("StateMachineArn", execution.Start.StateMachineArn);

    private void Begin(ExecutionRecord execution, HistoryEvent item)
    {
        switch (item.Type)
        {
            case HistoryEventType.ExecutionStarted:
                _open.Add(1);
                _started.Add(1, Machine(execution));
                break;
            case HistoryEventType.ExecutionRedriven:
                _open.Add(1);
                Count("ExecutionsRedriven", Machine(execution));
                break;
            default:
                if (TaskNames.StageOf(item.Type) == TaskStage.Scheduled && TaskNames.Of(item.Type) is { Plural: { } plural, Tag: { } tag })
                {
                    Count(plural + "Scheduled", new(tag, TaskNames.Resource(item.Details)));
                }

                break;
        }
    }

    private void Count(string name, KeyValuePair<string, object?> tag) =>
        _counters.GetOrAdd(name, static (name, meter) => meter.CreateCounter<long>(name), _meter).Add(1, tag);

    private void Time(string name, double milliseconds, KeyValuePair<string, object?> tag)
    {
        Debug.Assert(milliseconds >= 0, "Signals never go back in time.");
        _times.GetOrAdd(name, static (name, meter) => meter.CreateHistogram<double>(name, "ms"), _meter).Record(milliseconds, tag);
    }

    private sealed class StartsOnly(ExecutionMetrics metrics) : IExecutionObserver
    {
        public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
        {
            foreach (HistoryEvent item in events)
            {
                metrics.Begin(execution, item);
            }
        }
    }

    /// <summary>The tasks and Map Runs of one execution that have not ended.</summary>
    private sealed class Tracker(ExecutionMetrics metrics, ExecutionRecord execution) : IExecutionTracker
    {
        private readonly KeyValuePair<string, object?> _machine = Machine(execution);

        // By their newest event.
        private readonly Dictionary<long, OpenTask> _tasks = [];
        private int _mapRuns;

        public int RememberedCount => _tasks.Count;

        public bool IsIdle => _tasks.Count == 0 && _mapRuns == 0;

        public void Observe(HistoryEvent item, bool isNew)
        {
            switch (item.Type)
            {
                case HistoryEventType.ExecutionRedriven:
                    _tasks.Clear();
                    break;
                case HistoryEventType.MapRunStarted or HistoryEventType.MapRunRedriven:
                    _mapRuns++;
                    AddMapRuns(1, isNew);
                    break;
                case HistoryEventType.MapRunSucceeded or HistoryEventType.MapRunFailed or HistoryEventType.MapRunAborted:
                    if (_mapRuns > 0)
                    {
                        _mapRuns--;
                        AddMapRuns(-1, isNew);
                    }

                    break;
                case var type when StatusNames.AfterEnd(type) is { } status:
                    End($"Executions{status}", item, isNew);
                    break;
                default:
                    ObserveTask(item, isNew);
                    break;
            }
        }

        public void End(ExecutionRecord execution)
        {
            // The last event has reported the end.
        }

        private void AddMapRuns(int count, bool isNew)
        {
            if (isNew && count != 0)
            {
                metrics._openMapRuns.Add(count, _machine);
            }
        }

        private void End(string name, HistoryEvent item, bool isNew)
        {
            // An execution that runs out of time has no events for what it cuts off.
            AddMapRuns(-_mapRuns, isNew);
            _mapRuns = 0;
            _tasks.Clear();
            if (isNew)
            {
                metrics._open.Add(-1);
                metrics.Count(name, _machine);
                metrics.Time("ExecutionTime", (item.Timestamp - execution.Start.StartTime).TotalMilliseconds, _machine);
            }
        }

        private void ObserveTask(HistoryEvent item, bool isNew)
        {
            if (TaskNames.Of(item.Type) is not { Plural: { } plural, Singular: { } singular, Tag: { } tag })
            {
                return;
            }

            TaskStage stage = TaskNames.StageOf(item.Type);
            if (stage == TaskStage.Scheduled)
            {
                _tasks[item.Id] = new(item.Timestamp, null, TaskNames.Resource(item.Details));
                return;
            }

            // Each event of a task follows the one before.
            if (!_tasks.Remove(item.PreviousEventId, out OpenTask task))
            {
                return;
            }

            var resource = new KeyValuePair<string, object?>(tag, task.Resource);
            switch (stage)
            {
                case TaskStage.Started:
                    _tasks[item.Id] = task with { Started = item.Timestamp };
                    if (isNew)
                    {
                        metrics.Count(plural + "Started", resource);
                        metrics.Time(singular + "ScheduleTime", (item.Timestamp - task.Scheduled).TotalMilliseconds, resource);
                    }

                    break;
                case TaskStage.Submitted:
                    _tasks[item.Id] = task;
                    break;
                default:
                    if (isNew)
                    {
                        Report(plural + stage, singular, task, item.Timestamp, resource);
                    }

                    break;
            }
        }

        private void Report(string count, string singular, OpenTask task, DateTimeOffset end, KeyValuePair<string, object?> resource)
        {
            metrics.Count(count, resource);
            metrics.Time(singular + "Time", (end - task.Scheduled).TotalMilliseconds, resource);
            if (task.Started is { } started)
            {
                metrics.Time(singular + "RunTime", (end - started).TotalMilliseconds, resource);
            }
        }
    }

    private readonly record struct OpenTask(DateTimeOffset Scheduled, DateTimeOffset? Started, string Resource);
}
