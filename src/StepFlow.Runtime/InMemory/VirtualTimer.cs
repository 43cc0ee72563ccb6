namespace StepFlow.Runtime.InMemory;

/// <summary>A timer of a <see cref="VirtualClock"/>.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
{
    private long _version;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        long version = Interlocked.Increment(ref _version);
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            clock.Schedule(this, version, dueTime < TimeSpan.Zero ? TimeSpan.Zero : dueTime);
        }

        return true;
    }

    public bool IsCurrent(long version) => Interlocked.Read(ref _version) == version;

    public void Fire(long version)
    {
        if (!IsCurrent(version))
        {
            return;
        }

        if (_period > TimeSpan.Zero)
        {
            clock.Schedule(this, version, _period);
        }

        callback(state);
    }

    public void Dispose() => Interlocked.Increment(ref _version);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
