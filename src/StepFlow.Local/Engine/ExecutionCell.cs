using StepFlow.Runtime.Scheduling;

namespace StepFlow.Local.Engine;

/// <summary>
/// One execution in memory, with an inbox. One thread at a time processes it, so that signals come one at a
/// time without a lock during I/O. An execution that only waits leaves memory. The next item loads it again.
/// </summary>
internal sealed class ExecutionCell : IScheduledWork
{
    /// <summary>The maximum number of items that are handled before other executions run.</summary>
    private const int ItemsAtATime = 128;

    /// <summary>How often it takes items again if no other execution waits.</summary>
    private const int RoundsAtATime = 4;

    private readonly object _gate = new();
    private readonly LocalEngine _engine;
    private readonly ExecutionActor _actor;
    private readonly Queue<InboxItem> _inbox = new();
    private readonly List<InboxItem> _work = [];
    private bool _scheduled;
    private bool _isWaitingForTasks;
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

    /// <summary>The generation of the last turns that the journal could not write. Later turns of this generation must not be written. Used by the thread that writes.</summary>
    public int FailedGeneration { get; set; }

    /// <summary>Adds an item. False if this cell has left memory, so that a new one is needed.</summary>
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

        if (item is OutcomeItem)
        {
            // The thread on which the task ended makes the turn, too: waking another one takes longer than most turns.
            _engine.Scheduler.RunOnPoolOrSchedule(this);
        }
        else
        {
            _engine.Scheduler.Schedule(this);
        }

        return true;
    }

    /// <summary>Adds an item that can be handled together with the next one.</summary>
    /// <returns>False, and the item is not added, if the next item may take long: the execution does not only wait for its tasks.</returns>
    public bool PostQuietly(InboxItem item)
    {
        lock (_gate)
        {
            if (!_isWaitingForTasks && !_scheduled)
            {
                return false;
            }

            _inbox.Enqueue(item);
            return true;
        }
    }

    public void Run()
    {
        for (int round = 0; round < RoundsAtATime && (round == 0 || _engine.Scheduler.IsIdle); round++)
        {
            // Turns must not be made faster than they can be written.
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
            _isWaitingForTasks = _actor.IsWaitingForTasks;
            bool canWait = _isWaitingForTasks && _inbox is { Count: 1 } && _inbox.Peek() is CommittedItem { Write.IsQuiet: true };
            if (_inbox.Count > 0 && !canWait)
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
