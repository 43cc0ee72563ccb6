using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>An execution of which this instance of the app reports some events: its trackers have observed its history up to a position.</summary>
internal sealed class TrackedExecution(ExecutionRecord execution, IReadOnlyList<IExecutionTracking> trackings)
{
    private readonly Lock _gate = new();

    // Stored by this instance and not reported, because earlier events are missing here.
    private readonly HashSet<long> _waiting = [];
    private IExecutionTracker[] _trackers = [.. trackings.Select(tracking => tracking.Track(execution))];
    private bool _hasEnded;

    /// <summary>Its ARN.</summary>
    public string Arn => execution.Start.ExecutionArn;

    /// <summary>Up to where its history was observed.</summary>
    public HistoryPosition Position { get; private set; } = HistoryPosition.Start;

    /// <summary>Whether a reading of its history is due. Set by the caller.</summary>
    public bool IsReadingDue { get; set; }

    /// <summary>How many events wait for earlier ones.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>How many events it remembers.</summary>
    public int RememberedCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _trackers.Sum(static tracker => tracker.RememberedCount);
            }
        }
    }

    /// <summary>This instance has stored events. Those that follow what was observed are reported at once, the others wait.</summary>
    public void AddStored(IReadOnlyList<HistoryEvent> events)
    {
        lock (_gate)
        {
            foreach (HistoryEvent item in events.OrderBy(static item => item.Id))
            {
                if (item.Id < Position.NextEventId)
                {
                    // Another instance stored it too and may have ended before its report. Reporting it needs the events before it.
                    Restart();
                }

                _waiting.Add(item.Id);
                Observe(item);
            }
        }
    }

    /// <summary>An event is stored that is only known by its id, because it is in several parts. It is reported when it is read.</summary>
    public void AddStored(long eventId)
    {
        lock (_gate)
        {
            if (eventId < Position.NextEventId)
            {
                Restart();
            }

            _waiting.Add(eventId);
        }
    }

    /// <summary>Events were read. Those that were observed meanwhile are not observed again.</summary>
    /// <param name="from">The position from which they were read.</param>
    /// <param name="events">The events, in their order.</param>
    /// <param name="next">The position after them.</param>
    public void AddRead(HistoryPosition from, IReadOnlyList<HistoryEvent> events, HistoryPosition next)
    {
        lock (_gate)
        {
            if (from.NextEventId > Position.NextEventId)
            {
                // It was restarted meanwhile.
                return;
            }

            foreach (HistoryEvent item in events)
            {
                Observe(item);
            }

            Position = Position with { Offset = Math.Max(Position.Offset, next.Offset) };
        }
    }

    /// <summary>Forgets what was observed: the history is observed from its beginning. What was reported is not reported again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _trackers = [.. trackings.Select(tracking => tracking.Track(execution))];
            Position = HistoryPosition.Start;
        }
    }

    /// <summary>The execution has ended, and its events were observed.</summary>
    /// <param name="ended">The execution as it ended.</param>
    public void End(ExecutionRecord ended)
    {
        lock (_gate)
        {
            _hasEnded = true;
            foreach (IExecutionTracker tracker in _trackers)
            {
                tracker.End(ended);
            }
        }
    }

    private void Observe(HistoryEvent item)
    {
        if (item.Id != Position.NextEventId || _hasEnded)
        {
            return;
        }

        bool isNew = _waiting.Remove(item.Id);
        foreach (IExecutionTracker tracker in _trackers)
        {
            tracker.Observe(item, isNew);
        }

        Position = Position with { NextEventId = item.Id + 1 };
    }
}
