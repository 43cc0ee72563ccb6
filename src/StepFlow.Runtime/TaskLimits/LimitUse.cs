namespace StepFlow.Runtime.TaskLimits;

/// <summary>The current use of a limit by the tasks of one key.</summary>
internal sealed class LimitUse(TaskLimit limit)
{
    private double _tokens = limit.Burst;
    private DateTimeOffset _filled;

    /// <summary>How many tasks run.</summary>
    public int Running { get; private set; }

    /// <summary>The tasks that wait, those first whose turn it is.</summary>
    public SortedSet<TaskWaiter> Waiting { get; } = [];

    /// <summary>Whether it can be removed, because a new one would be equal.</summary>
    public bool IsIdle(DateTimeOffset now) => Running == 0 && Waiting.Count == 0 && (limit.RatePerSecond is null || Fill(now) >= limit.Burst);

    /// <summary>When a task may start: now, later, or null where another one must end first.</summary>
    public DateTimeOffset? FreeAt(DateTimeOffset now) =>
        Running >= limit.MaxConcurrency ? null
        : limit.RatePerSecond is not { } rate || Fill(now) >= 1 ? now
        : now + TimeSpan.FromSeconds((1 - _tokens) / rate);

    /// <summary>A task starts.</summary>
    public void Start()
    {
        Running++;
        _tokens -= limit.RatePerSecond is null ? 0 : 1;
    }

    /// <summary>A task has ended.</summary>
    public void End() => Running--;

    private double Fill(DateTimeOffset now)
    {
        if (limit.RatePerSecond is { } rate && now > _filled)
        {
            double gained = _filled == default ? limit.Burst : (now - _filled).TotalSeconds * rate;
            (_tokens, _filled) = (Math.Min(limit.Burst, _tokens + gained), now);
        }

        return _tokens;
    }
}
