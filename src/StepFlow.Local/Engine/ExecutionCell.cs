using StepFlow.Runtime.Scheduling;

namespace StepFlow.Local.Engine;

/// <summary>
/// The place of one execution in memory: an inbox, worked off by one thread at a time, so that signals come one at a
/// time without a lock over I/O. An execution that only waits leaves memory; the next item brings it back.
/// </summary>
internal sealed class ExecutionCell : IScheduledWork
{
    /// <summary>Most items dealt with before others are let in.</summary>
    private const int ItemsAtATime = 128;

    private readonly object _gate = new();
    private readonly LocalEngine _engine;
    private readonly ExecutionActor _actor;
    private readonly Queue<InboxItem> _inbox = new();
    private readonly List<InboxItem> _work = [];
    private bool _scheduled;
    private bool _retired;

    public ExecutionCell(LocalEngine engine, string arn)
    {
        _engine = engine;
        Arn = arn;
        Lane = Lanes.Of(arn);
        _actor = new ExecutionActor(engine, this);
    }

    public string Arn { get; }

    public string Lane { get; }

    /// <summary>The generation of the last turns that the journal's writer failed: later ones of it must not follow. Used on its thread.</summary>
    public int FailedGeneration { get; set; }

    /// <summary>Hands in an item; false where this cell has left memory, and a new one is to be made.</summary>
    public bool Post(InboxItem item)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            _inbox.Enqueue(item);
            if (_scheduled)
            {
                return true;
            }

            _scheduled = true;
        }

        _engine.Scheduler.Schedule(this);
        return true;
    }

    public void Run()
    {
        // Turns are made no faster than the disk takes them.
        _engine.Writer.WaitForQueue();
        Take();
        foreach (InboxItem item in _work)
        {
            _actor.Handle(item);
        }

        _work.Clear();
        _actor.Flush();
        if (IsDone())
        {
            return;
        }

        _engine.Scheduler.Schedule(this);
    }

    private void Take()
    {
        lock (_gate)
        {
            while (_work.Count < ItemsAtATime && _inbox.TryDequeue(out InboxItem? item))
            {
                _work.Add(item);
            }
        }
    }

    private bool IsDone()
    {
        lock (_gate)
        {
            if (_inbox.Count > 0)
            {
                return false;
            }

            _scheduled = false;
            _retired = _actor.MayLeave;
            if (!_retired)
            {
                return true;
            }
        }

        _actor.Leave();
        _engine.Remove(this);
        return true;
    }
}
