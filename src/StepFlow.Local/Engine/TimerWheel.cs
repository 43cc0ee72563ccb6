namespace StepFlow.Local.Engine;

/// <summary>Wakes executions at their due times, with one timer that is set to the earliest.</summary>
internal sealed class TimerWheel : IDisposable
{
    /// <summary>
    /// The longest span of the timer (ms). A timer measures elapsed time of this machine: it does not notice
    /// a clock that is set forward, and it stops while the machine sleeps. So the clock is read at this interval.
    /// </summary>
    private const long LongestSpan = 1000;

    private readonly object _gate = new();
    private readonly TimerHeap _heap = new();
    private readonly TimeProvider _clock;
    private readonly Action<long> _wake;
    private readonly ITimer _timer;
    private long _set = long.MaxValue; // When the clock timer fires next (unix ms).
    private bool _disposed;

    /// <param name="wake">Called with each execution that is due.</param>
    public TimerWheel(TimeProvider clock, Action<long> wake)
    {
        _clock = clock;
        _wake = wake;
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _heap.Count;
            }
        }
    }

    public void Set(long execution, long due)
    {
        lock (_gate)
        {
            _heap.Set(execution, due);
            Arm();
        }
    }

    public void Remove(long execution)
    {
        lock (_gate)
        {
            _heap.Remove(execution);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        var due = new List<long>();
        lock (_gate)
        {
            _set = long.MaxValue;
            long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            while (!_disposed && _heap.TryTake(now, out long execution))
            {
                due.Add(execution);
            }

            Arm();
        }

        due.ForEach(_wake);
    }

    private void Arm()
    {
        if (_disposed || _heap.Earliest is not { } earliest || earliest >= _set)
        {
            return;
        }

        // One millisecond more, because a timer that fires slightly early would find nothing due.
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        long span = Math.Clamp(earliest - now + 1, 0, LongestSpan);
        _set = now + span;
        _timer.Change(TimeSpan.FromMilliseconds(span), Timeout.InfiniteTimeSpan);
    }
}
