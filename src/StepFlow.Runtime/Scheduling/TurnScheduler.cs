namespace StepFlow.Runtime.Scheduling;

/// <summary>
/// Runs the turns of executions on its own threads. The number of threads is fixed, so heavy
/// turns leave the thread pool to requests and tasks. A request that waits for the execution that it starts may run a turn on its own
/// thread instead of one of these. Lanes take turns: a state machine with many executions, or with one that never
/// waits, gets only its share.
/// </summary>
public sealed class TurnScheduler : IDisposable
{
    /// <summary>How many queues of lanes without work are used again, and the largest of them.</summary>
    private const int MaxEmptyLanes = 64;
    private const int LargestEmptyLane = 64;

    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<IScheduledWork>> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Queue<IScheduledWork>> _turns = new();
    private readonly Stack<Queue<IScheduledWork>> _emptyLanes = new();
    private readonly Thread[] _threads;
    private int _running;
    private int _idle;
    private int _waiting;
    private int _onPool;
    private Thread? _collecting;
    private bool _stopping;

    /// <summary>Creates a scheduler. Its threads start immediately.</summary>
    /// <param name="threads">How many threads, from 1.</param>
    public TurnScheduler(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = "stepflow turns" };
            _threads[i].Start();
        }
    }

    /// <summary>A scheduler with a thread for each core.</summary>
    public static TurnScheduler ForThisMachine() => new(Environment.ProcessorCount);

    /// <summary>Whether no work waited a moment ago.</summary>
    public bool IsIdle => Volatile.Read(ref _waiting) == 0;

    /// <summary>Whether no work waited, and at most one piece ran a moment ago.</summary>
    public bool IsAlone => IsIdle && Volatile.Read(ref _running) <= 1;

    /// <summary>Adds work to its lane.</summary>
    /// <param name="work">The work. Handed in again only once it runs or has run.</param>
    public void Schedule(IScheduledWork work)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(work.Lane, out Queue<IScheduledWork>? lane))
            {
                _lanes.Add(work.Lane, lane = _emptyLanes.TryPop(out Queue<IScheduledWork>? empty) ? empty : new());
            }

            _waiting++;
            lane.Enqueue(work);
            if (lane.Count == 1)
            {
                _turns.Enqueue(lane);
            }

            if (_collecting != Thread.CurrentThread)
            {
                WakeOne();
            }
        }
    }

    /// <summary>Does a piece of work on the caller's thread, where nothing waits and fewer pieces run than there are threads; else has it done as any other.</summary>
    /// <param name="work">The work. Handed in again only once it runs or has run.</param>
    public void RunOrSchedule(IScheduledWork work)
    {
        bool isHere;
        lock (_gate)
        {
            isHere = _turns.Count == 0 && _running < _threads.Length && !_stopping;
            _running += isHere ? 1 : 0;
        }

        if (!isHere)
        {
            Schedule(work);
            return;
        }

        try
        {
            work.Run();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                WakeOne();
            }
        }
    }

    /// <summary>
    /// Does a piece of work as <see cref="RunOrSchedule"/> does, if the caller's thread is of the thread pool, and if at most half as
    /// many pieces as there are threads run in this way. So the pool has threads left for requests and tasks.
    /// </summary>
    /// <param name="work">The work. Handed in again only once it runs or has run.</param>
    public void RunOnPoolOrSchedule(IScheduledWork work)
    {
        try
        {
            if (Interlocked.Increment(ref _onPool) <= _threads.Length / 2 && Thread.CurrentThread.IsThreadPoolThread)
            {
                RunOrSchedule(work);
            }
            else
            {
                Schedule(work);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _onPool);
        }
    }

    /// <summary>Runs the remaining work, and ends. Waits for running work, up to a time limit.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            if (thread != Thread.CurrentThread)
            {
                thread.Join(TimeSpan.FromSeconds(10));
            }
        }
    }

    /// <summary>
    /// Runs an action that schedules much work, and wakes the threads once, after it. Otherwise each piece would wake a thread
    /// that takes the processor from the caller. One thread at a time calls this.
    /// </summary>
    public void ScheduleTogether(Action action)
    {
        lock (_gate)
        {
            _collecting = Thread.CurrentThread;
        }

        try
        {
            action();
        }
        finally
        {
            lock (_gate)
            {
                _collecting = null;
                for (int i = 0; i < _threads.Length; i++)
                {
                    WakeOne();
                }
            }
        }
    }

    private void WakeOne()
    {
        if (_idle > 0 && _turns.Count > 0 && _running < _threads.Length)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Work()
    {
        for (bool isFirst = true; Take(isFirst) is { } work; isFirst = false)
        {
            work.Run();
        }
    }

    private IScheduledWork? Take(bool isFirst)
    {
        lock (_gate)
        {
            _running -= isFirst ? 0 : 1;
            Queue<IScheduledWork>? lane = null;
            while (_running >= _threads.Length || !_turns.TryDequeue(out lane))
            {
                if (_stopping && _turns.Count == 0)
                {
                    // Others may wait for a thread that is not released any more.
                    Monitor.PulseAll(_gate);
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            _running++;
            IScheduledWork work = lane.Dequeue();
            _waiting--;
            if (lane.Count > 0)
            {
                _turns.Enqueue(lane);
            }
            else
            {
                _lanes.Remove(work.Lane);
                if (_emptyLanes.Count < MaxEmptyLanes && lane.Capacity <= LargestEmptyLane)
                {
                    _emptyLanes.Push(lane);
                }
            }

            return work;
        }
    }
}
