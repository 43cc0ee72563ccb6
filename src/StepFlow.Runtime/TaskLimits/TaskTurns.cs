namespace StepFlow.Runtime.TaskLimits;

/// <summary>
/// Orders the tasks of this process that have limits. A task starts when all its limits permit it.
/// Those with the largest priority go first; among equals executions take turns, so that one with many tasks does not
/// hold up the others. A task whose limit is full does not hold up tasks behind it that other limits are about.
/// </summary>
internal sealed class TaskTurns : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Limit, string Key), LimitUse> _uses = [];
    private readonly Dictionary<string, (long LastTurn, int Waiting)> _executions = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset _timerDue = DateTimeOffset.MaxValue;
    private long _turn;
    private long _number;

    public TaskTurns(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => ServeAll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many tasks of a limit run.</summary>
    public long Running(TaskLimit limit) => Sum(limit, static use => use.Running);

    /// <summary>How many tasks of a limit wait.</summary>
    public long Waiting(TaskLimit limit) => Sum(limit, static use => use.Waiting.Count);

    /// <summary>Adds a task to the queue. <see cref="TaskWaiter.Served"/> is completed immediately if the limits permit it.</summary>
    public TaskWaiter Enter(string executionArn, IReadOnlyList<TaskShare> shares, double priority)
    {
        lock (_gate)
        {
            (long last, int waiting) = _executions.GetValueOrDefault(executionArn, (_turn, 0));
            var waiter = new TaskWaiter(executionArn, shares, priority, Math.Max(last, _turn) + 1, ++_number);
            _executions[executionArn] = (waiter.Turn, waiting + 1);
            foreach (TaskShare share in shares)
            {
                UseOf(share).Waiting.Add(waiter);
            }

            // The tasks that already wait cannot start now. Only the new one is checked.
            TryStart(waiter, _time.GetUtcNow());
            return waiter;
        }
    }

    /// <summary>Removes a task from the queue, or returns its shares.</summary>
    public void Leave(TaskWaiter waiter)
    {
        lock (_gate)
        {
            if (UseOf(waiter.Shares[0]).Waiting.Contains(waiter))
            {
                RemoveFromLine(waiter);
            }
            else
            {
                foreach (TaskShare share in waiter.Shares)
                {
                    UseOf(share).End();
                }
            }

            DateTimeOffset now = _time.GetUtcNow();
            foreach (TaskShare share in waiter.Shares)
            {
                Serve(UseOf(share), now);
                if (UseOf(share).IsIdle(now))
                {
                    _uses.Remove((share.Limit.Name, share.Key));
                }
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private long Sum(TaskLimit limit, Func<LimitUse, long> count)
    {
        lock (_gate)
        {
            return _uses.Where(use => use.Key.Limit == limit.Name).Sum(use => count(use.Value));
        }
    }

    /// <summary>Called after some time, when rates permit more calls.</summary>
    private void ServeAll()
    {
        lock (_gate)
        {
            _timerDue = DateTimeOffset.MaxValue;
            DateTimeOffset now = _time.GetUtcNow();
            foreach (((string Limit, string Key) key, LimitUse use) in _uses.ToArray())
            {
                Serve(use, now);
                if (use.IsIdle(now))
                {
                    _uses.Remove(key);
                }
            }
        }
    }

    private void Serve(LimitUse use, DateTimeOffset now)
    {
        foreach (TaskWaiter waiter in use.Waiting.ToArray())
        {
            if (use.FreeAt(now) is not { } free)
            {
                return;
            }

            TryStart(waiter, now);
            if (free > now)
            {
                return;
            }
        }
    }

    private void TryStart(TaskWaiter waiter, DateTimeOffset now)
    {
        DateTimeOffset start = now;
        foreach (TaskShare share in waiter.Shares)
        {
            if (UseOf(share).FreeAt(now) is not { } free)
            {
                return;
            }

            start = free > start ? free : start;
        }

        if (start > now)
        {
            Wake(start, now);
            return;
        }

        RemoveFromLine(waiter);
        _turn = Math.Max(_turn, waiter.Turn);
        foreach (TaskShare share in waiter.Shares)
        {
            UseOf(share).Start();
        }

        waiter.Served.SetResult();
    }

    private void Wake(DateTimeOffset at, DateTimeOffset now)
    {
        if (at < _timerDue)
        {
            _timerDue = at;
            _timer.Change(at - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private LimitUse UseOf(TaskShare share)
    {
        if (!_uses.TryGetValue((share.Limit.Name, share.Key), out LimitUse? use))
        {
            _uses.Add((share.Limit.Name, share.Key), use = new(share.Limit));
        }

        return use;
    }

    private void RemoveFromLine(TaskWaiter waiter)
    {
        foreach (TaskShare share in waiter.Shares)
        {
            UseOf(share).Waiting.Remove(waiter);
        }

        (long last, int waiting) = _executions[waiter.ExecutionArn];
        if (waiting == 1)
        {
            _executions.Remove(waiter.ExecutionArn);
        }
        else
        {
            _executions[waiter.ExecutionArn] = (last, waiting - 1);
        }
    }
}
