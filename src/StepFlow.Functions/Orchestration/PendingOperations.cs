namespace StepFlow.Functions.Orchestration;

/// <summary>Everything that an orchestration waits for, in the order in which it began to.</summary>
internal sealed class PendingOperations
{
    private readonly Dictionary<string, CancellationTokenSource> _cancellations = new(StringComparer.Ordinal);
    private readonly List<PendingOperation> _pending = [];
    private readonly List<Task> _abandoned = [];

    /// <summary>Whether an operation runs whose result would be lost if the orchestration continued as new.</summary>
    public bool HasWork => _pending.Exists(f => f.Kind is PendingOperationKind.Activity or PendingOperationKind.MapRun);

    public bool HasActivity => _pending.Exists(f => f.Kind == PendingOperationKind.Activity);

    /// <summary>Whether a Map Run runs.</summary>
    public bool HasMapRun => _pending.Exists(f => f.Kind == PendingOperationKind.MapRun);

    /// <summary>
    /// Whether an activity runs whose result is no longer needed. Durable Functions cannot cancel it, and ends a generation only
    /// when it has ended.
    /// </summary>
    public bool HasAbandoned => _abandoned.Exists(task => !task.IsCompleted);

    /// <summary>Whether an operation has completed and was not handled yet.</summary>
    public bool HasCompleted => _pending.Exists(f => f.Task.IsCompleted);

    /// <summary>Whether an id is waited for.</summary>
    public bool Has(string id) => _pending.Exists(f => f.Id == id);

    /// <summary>Waits for something.</summary>
    public void Add(string id, PendingOperationKind kind, Task task)
    {
        _pending.RemoveAll(f => f.Id == id);
        _pending.Add(new(id, task, kind));
    }

    /// <summary>Waits for an operation that can be cancelled.</summary>
    public void Add(string id, PendingOperationKind kind, Func<CancellationToken, Task> start)
    {
        var source = new CancellationTokenSource();
        _cancellations[id] = source;
        Add(id, kind, start(source.Token));
    }

    /// <summary>Waits until something has completed, and takes it off.</summary>
    public async Task<PendingOperation> NextAsync()
    {
        Task completed = await Task.WhenAny(_pending.Select(f => f.Task));
        PendingOperation done = _pending.First(f => f.Task == completed);
        _pending.Remove(done);
        _cancellations.Remove(done.Id);
        return done;
    }

    /// <summary>
    /// Cancels an activity whose result still matters, because it may have started a job or an execution that must be stopped. It counts as
    /// abandoned and is not repeated, and <see cref="NextAsync"/> still returns its completion.
    /// </summary>
    public void Leave(string id)
    {
        int index = _pending.FindIndex(f => f.Id == id);
        _pending[index] = _pending[index] with { Kind = PendingOperationKind.Left };
        _abandoned.Add(_pending[index].Task);
        if (_cancellations.Remove(id, out CancellationTokenSource? source))
        {
            source.Cancel();
        }
    }

    /// <summary>Adds an activity whose result is no longer needed.</summary>
    public void Abandon(Task task) => _abandoned.Add(task);

    /// <summary>Removes an id. A running operation continues, but its result is no longer needed.</summary>
    public void Drop(string id)
    {
        _abandoned.AddRange(_pending.Where(f => f.Id == id && f.Kind is PendingOperationKind.Activity or PendingOperationKind.MapRun).Select(f => f.Task));
        _pending.RemoveAll(f => f.Id == id);
        if (_cancellations.Remove(id, out CancellationTokenSource? source))
        {
            source.Cancel();
        }
    }

    /// <summary>Cancels the remaining timers, because they would keep the orchestration running.</summary>
    public void CancelTimers()
    {
        foreach (PendingOperation timer in _pending.Where(f => f.Kind == PendingOperationKind.Timer).ToArray())
        {
            Drop(timer.Id);
        }
    }
}
