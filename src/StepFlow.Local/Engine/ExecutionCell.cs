namespace StepFlow.Local.Engine;

/// <summary>
/// The place of one execution in memory: an inbox, worked off by one thread at a time, so that signals come one at a
/// time without a lock over I/O. An execution that only waits leaves memory; the next item brings it back.
/// </summary>
internal sealed class ExecutionCell : IThreadPoolWorkItem
{
    private readonly object _gate = new();
    private readonly LocalEngine _engine;
    private readonly ExecutionActor _actor;
    private List<InboxItem> _inbox = [];
    private List<InboxItem> _work = [];
    private bool _scheduled;
    private bool _retired;

    public ExecutionCell(LocalEngine engine, string arn)
    {
        _engine = engine;
        Arn = arn;
        _actor = new ExecutionActor(engine, this);
    }

    public string Arn { get; }

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

            _inbox.Add(item);
            if (_scheduled)
            {
                return true;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    public void Execute()
    {
        while (Take())
        {
            foreach (InboxItem item in _work)
            {
                _actor.Handle(item);
            }

            _work.Clear();
            _actor.Flush();
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            if (_inbox.Count > 0)
            {
                (_inbox, _work) = (_work, _inbox);
                return true;
            }

            _scheduled = false;
            _retired = _actor.MayLeave;
        }

        if (_retired)
        {
            _actor.Leave();
            _engine.Forget(this);
        }

        return false;
    }
}
