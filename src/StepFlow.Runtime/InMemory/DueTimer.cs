namespace StepFlow.Runtime.InMemory;

/// <summary>Calls back once at an instant, however far away: system timers reach only some weeks, so a long wait is taken in steps.</summary>
internal sealed class DueTimer : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(7);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _due;
    private readonly Action _fire;
    private readonly ITimer _timer;

    public DueTimer(TimeProvider time, DateTimeOffset due, Action fire)
    {
        _time = time;
        _due = due;
        _fire = fire;
        _timer = time.CreateTimer(static state => ((DueTimer)state!).Step(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public void Dispose() => _timer.Dispose();

    private void Step()
    {
        if (_time.GetUtcNow() < _due)
        {
            Arm();
            return;
        }

        _timer.Dispose();
        _fire();
    }

    private void Arm()
    {
        TimeSpan left = _due - _time.GetUtcNow();
        // A system timer may come a little early: never less than a millisecond, so that it does not spin.
        TimeSpan step = left > LongestStep && _time is not VirtualClock ? LongestStep : left;
        _timer.Change(step <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(step.Ticks, TimeSpan.TicksPerMillisecond)), Timeout.InfiniteTimeSpan);
    }
}
