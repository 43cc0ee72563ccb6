namespace StepFlow.Runtime.Scheduling;

/// <summary>
/// Runs what executions have to do, on threads of its own: never more at a time than there are threads, so that heavy
/// turns leave the thread pool to requests and tasks. Lanes take turns: a state machine with many executions, or with
/// one that never rests, gets no more than its share.
/// </summary>
public sealed class TurnScheduler : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<IScheduledWork>> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Queue<IScheduledWork>> _turns = new();
    private readonly Thread[] _threads;
    private int _idle;
    private bool _stopping;

    /// <summary>A scheduler; its threads begin at once.</summary>
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

    /// <summary>Has a piece of work done, behind what its lane has to do already.</summary>
    /// <param name="work">The work. Handed in again only once it runs or has run.</param>
    public void Schedule(IScheduledWork work)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(work.Lane, out Queue<IScheduledWork>? lane))
            {
                _lanes.Add(work.Lane, lane = new());
            }

            lane.Enqueue(work);
            if (lane.Count == 1)
            {
                _turns.Enqueue(lane);
            }

            if (_idle > 0)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Does what is left, and ends. Waits for a piece that runs, but not for ever.</summary>
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

    private void Work()
    {
        while (Take() is { } work)
        {
            work.Run();
        }
    }

    private IScheduledWork? Take()
    {
        lock (_gate)
        {
            Queue<IScheduledWork>? lane;
            while (!_turns.TryDequeue(out lane))
            {
                if (_stopping)
                {
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            IScheduledWork work = lane.Dequeue();
            if (lane.Count > 0)
            {
                _turns.Enqueue(lane);
            }
            else
            {
                _lanes.Remove(work.Lane);
            }

            return work;
        }
    }
}
