using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Metrics under the names of Step Functions ("Step Functions metrics in CloudWatch"), by the meter <see cref="MeterName"/>. Times are in milliseconds.</summary>
public sealed class ExecutionMetrics : IExecutionObserver, IDisposable
{
    /// <summary>The name of the meter: the namespace of the metrics on AWS.</summary>
    public const string MeterName = "AWS/States";

    private readonly Meter _meter;
    private readonly Dictionary<string, Counter<long>> _counters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Histogram<double>> _times = new(StringComparer.Ordinal);
    private readonly UpDownCounter<long> _open;
    private readonly ConcurrentDictionary<(string ExecutionArn, long EventId), (DateTimeOffset Scheduled, DateTimeOffset? Started, string Resource)> _tasks = new();

    /// <summary>The instruments.</summary>
    public ExecutionMetrics()
    {
        _meter = new(MeterName);
        _open = _meter.CreateUpDownCounter<long>("OpenExecutionCount");
    }

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        var machine = new KeyValuePair<string, object?>("StateMachineArn", execution.Start.StateMachineArn);
        foreach (HistoryEvent item in events)
        {
            switch (item.Type)
            {
                case HistoryEventType.ExecutionStarted:
                    _open.Add(1);
                    Count("ExecutionsStarted", machine);
                    break;
                case HistoryEventType.ExecutionRedriven:
                    _open.Add(1);
                    Count("ExecutionsRedriven", machine);
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
                default:
                    ObserveTask(execution.Start.ExecutionArn, item);
                    break;
            }
        }
    }

    public void Dispose() => _meter.Dispose();

    private void End(string name, ExecutionRecord execution, HistoryEvent item, KeyValuePair<string, object?> machine)
    {
        _open.Add(-1);
        Count(name, machine);
        Time("ExecutionTime", (item.Timestamp - execution.Start.StartTime).TotalMilliseconds, machine);
        foreach ((string ExecutionArn, long EventId) key in _tasks.Keys.Where(key => key.ExecutionArn == execution.Start.ExecutionArn))
        {
            _tasks.TryRemove(key, out _);
        }
    }

    private void ObserveTask(string executionArn, HistoryEvent item)
    {
        (string? plural, string? singular, string? tag) = TaskNames.Of(item.Type);
        if (plural is null)
        {
            return;
        }

        TaskStage stage = TaskNames.StageOf(item.Type);
        if (stage == TaskStage.Scheduled)
        {
            string resource = TaskNames.Resource(item.Details);
            _tasks[(executionArn, item.Id)] = (item.Timestamp, null, resource);
            Count(plural + "Scheduled", new(tag!, resource));
            return;
        }

        // Each event of a task follows the one before.
        if (!_tasks.TryRemove((executionArn, item.PreviousEventId), out (DateTimeOffset Scheduled, DateTimeOffset? Started, string Resource) task))
        {
            return;
        }

        var resourceTag = new KeyValuePair<string, object?>(tag!, task.Resource);
        switch (stage)
        {
            case TaskStage.Started:
                Count(plural + "Started", resourceTag);
                Time(singular + "ScheduleTime", (item.Timestamp - task.Scheduled).TotalMilliseconds, resourceTag);
                _tasks[(executionArn, item.Id)] = task with { Started = item.Timestamp };
                break;
            case TaskStage.Submitted:
                _tasks[(executionArn, item.Id)] = task;
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
    }

    private void Count(string name, KeyValuePair<string, object?> tag)
    {
        Counter<long> counter;
        lock (_counters)
        {
            if (!_counters.TryGetValue(name, out counter!))
            {
                _counters.Add(name, counter = _meter.CreateCounter<long>(name));
            }
        }

        counter.Add(1, tag);
    }

    private void Time(string name, double milliseconds, KeyValuePair<string, object?> tag)
    {
        Debug.Assert(milliseconds >= 0, "Signals never go back in time.");
        Histogram<double> histogram;
        lock (_times)
        {
            if (!_times.TryGetValue(name, out histogram!))
            {
                _times.Add(name, histogram = _meter.CreateHistogram<double>(name, "ms"));
            }
        }

        histogram.Record(milliseconds, tag);
    }
}
