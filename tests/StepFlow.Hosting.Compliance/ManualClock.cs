namespace StepFlow.Hosting.Compliance;

/// <summary>A clock that stands still until it is moved. Timers fire on the thread that moves it, in the order of their times.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; what is due on the way fires at its time.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                if (next is null)
                {
                    _now = target;
                    return;
                }

                _now = next.Due > _now ? next.Due!.Value : _now;
                next.Due = null;
                _timers.Remove(next);
            }

            next.Fire();
        }
    }

    /// <summary>Sets the clock forward as an administrator would, or as it is after the machine slept: timers do not notice.</summary>
    public void SetForward(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
            foreach (ManualTimer timer in _timers)
            {
                timer.Due += by;
            }
        }
    }

    /// <summary>Moves the clock to the earliest timer, and fires it. Nothing happens where there is none.</summary>
    public void AdvanceToNext()
    {
        TimeSpan? wait;
        lock (_gate)
        {
            wait = _timers.Min(timer => timer.Due) - _now;
        }

        if (wait is { } by)
        {
            Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (Due is not null)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
