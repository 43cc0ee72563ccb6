namespace StepFlow.Runtime.InMemory;

/// <summary>
/// A clock that jumps. It stands still while code runs. When all code waits, it advances to the next due timer.
/// A Wait of a year takes microseconds, and the same program always has the same order of events.
/// </summary>
/// <remarks>
/// Code that <see cref="RunAsync{T}"/> starts runs inside the clock, on one thread at a time. After each await it
/// continues inside the clock. Time advances only while it waits. Work that takes real time (a process, a
/// network call) runs outside, through <see cref="RunOutside"/>: the clock stands still until the work ends, or until its
/// time limit has really passed. Then the timers up to that limit fire.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    /// <summary>Timers of the system reach no further.</summary>
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(49);

    private readonly Lock _gate = new();
    private readonly VirtualContext _context;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (DateTimeOffset Due, long Sequence)> _timers = new();
    private readonly SortedList<long, Action> _arrived = [];
    private readonly TimeProvider _real;
    private DateTimeOffset _now;
    private DateTimeOffset _overdue;
    private long _sequence;
    private int _outside;
    private int _bodies;
    private bool _draining;

    /// <summary>Creates a clock at an instant.</summary>
    /// <param name="start">The instant.</param>
    public VirtualClock(DateTimeOffset start)
        : this(start, TimeProvider.System)
    {
    }

    /// <summary>Creates a clock at an instant, which measures the duration of outside work with another clock.</summary>
    internal VirtualClock(DateTimeOffset start, TimeProvider real)
    {
        _now = start;
        _real = real;
        _context = new(this);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Whether the caller runs inside the clock.</summary>
    internal bool IsInside => SynchronizationContext.Current == _context;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs a body inside the clock; time moves while it waits. Gives its result.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> body)
    {
        if (IsInside)
        {
            return body();
        }

        var end = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _bodies++;
        }

        Post(_ => _ = CompleteAsync(body, end), null);
        return end.Task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> body) => RunAsync(async () =>
    {
        await body();
        return true;
    });

    /// <summary>Runs work that takes real time. The clock stands still until it ends. Works that end together continue in the order in which they were started.</summary>
    /// <param name="work">The work. It returns the action to run inside the clock afterwards.</param>
    /// <param name="limit">The real time after which the clock continues without it. Null for no limit.</param>
    internal void RunOutside(Func<Task<Action>> work, TimeSpan? limit = null)
    {
        long order;
        ITimer? alarm = null;
        lock (_gate)
        {
            _outside++;
            order = _sequence++;
            if (limit is { } most && most < LongestAlarm)
            {
                DateTimeOffset end = _now + most;
                alarm = _real.CreateTimer(_ => FireUpTo(end), null, most, Timeout.InfiniteTimeSpan);
            }
        }

        _ = Task.Run(async () =>
        {
            Action arrived = await work();
            alarm?.Dispose();
            lock (_gate)
            {
                _arrived.Add(order, arrived);
                _outside--;
            }

            Drain();
        });
    }

    /// <summary>Runs work that takes real time, for a caller inside the clock. The caller continues inside the clock.</summary>
    internal Task<T> RunOutsideAsync<T>(Func<Task<T>> work)
    {
        var end = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        RunOutside(async () =>
        {
            try
            {
                T result = await work();
                return () => end.SetResult(result);
            }
            catch (Exception exception)
            {
                return () => end.SetException(exception);
            }
        });
        return end.Task;
    }

    /// <inheritdoc cref="RunOutsideAsync{T}"/>
    internal Task RunOutsideAsync(Func<Task> work) => RunOutsideAsync(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Outside work has reached its time limit. The timers up to the limit fire although the work has not ended.</summary>
    private void FireUpTo(DateTimeOffset end)
    {
        lock (_gate)
        {
            _overdue = end > _overdue ? end : _overdue;
        }

        Drain();
    }

    internal void Post(SendOrPostCallback callback, object? state)
    {
        lock (_gate)
        {
            _ready.Enqueue((callback, state));
        }

        Drain();
    }

    internal void Schedule(VirtualTimer timer, long version, TimeSpan due)
    {
        lock (_gate)
        {
            _timers.Enqueue((timer, version), (_now + due, _sequence++));
        }
    }

    private async Task CompleteAsync<T>(Func<Task<T>> body, TaskCompletionSource<T> end)
    {
        try
        {
            T result = await body();
            end.SetResult(result);
        }
        catch (OperationCanceledException exception)
        {
            end.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            end.SetException(exception);
        }
        finally
        {
            lock (_gate)
            {
                _bodies--;
            }
        }
    }

    /// <summary>Runs all code that is ready, advances the time, and repeats this until all code waits for outside work. One thread at a time.</summary>
    private void Drain()
    {
        lock (_gate)
        {
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        bool finished = false;
        try
        {
            while (Next() is { } step)
            {
                step.Callback(step.State);
            }

            finished = true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            if (!finished)
            {
                lock (_gate)
                {
                    _draining = false;
                }
            }
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (_gate)
        {
            if (_ready.TryDequeue(out (SendOrPostCallback Callback, object? State) step))
            {
                return step;
            }

            if (_outside == 0 && _arrived.Count > 0)
            {
                Action arrived = _arrived.GetValueAtIndex(0);
                _arrived.RemoveAt(0);
                return (_ => arrived(), null);
            }

            while (_bodies > 0
                && _timers.TryPeek(out (VirtualTimer Timer, long Version) entry, out (DateTimeOffset Due, long Sequence) at)
                && (_outside == 0 || at.Due <= _overdue))
            {
                _timers.Dequeue();
                if (entry.Timer.IsCurrent(entry.Version))
                {
                    _now = at.Due > _now ? at.Due : _now;
                    return (_ => entry.Timer.Fire(entry.Version), null);
                }
            }

            _draining = false;
            return null;
        }
    }

    /// <summary>Continues awaited code inside the clock.</summary>
    private sealed class VirtualContext(VirtualClock clock) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => clock.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Code under a virtual clock must not block.");

        public override SynchronizationContext CreateCopy() => this;
    }
}
