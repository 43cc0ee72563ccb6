namespace StepFlow.Functions.Orchestration;

/// <summary>Everything that an orchestration waits for, in the order in which it began to.</summary>
internal sealed class FlightBoard
{
    private readonly Dictionary<string, CancellationTokenSource> _cancellations = new(StringComparer.Ordinal);
    private readonly List<InFlight> _flights = [];
    private readonly List<Task> _abandoned = [];

    /// <summary>Whether something runs whose answer would be lost if the orchestration continued as new.</summary>
    public bool HasWork => _flights.Exists(f => f.Kind is InFlightKind.Activity or InFlightKind.MapRun);

    /// <summary>Whether an activity runs.</summary>
    public bool HasActivity => _flights.Exists(f => f.Kind == InFlightKind.Activity);

    /// <summary>Whether a Map Run runs.</summary>
    public bool HasMapRun => _flights.Exists(f => f.Kind == InFlightKind.MapRun);

    /// <summary>
    /// Whether something runs whose answer no longer counts. Durable Functions cannot cancel it, and ends a generation only
    /// when it has ended.
    /// </summary>
    public bool HasAbandoned => _abandoned.Exists(task => !task.IsCompleted);

    /// <summary>Whether something has completed that was not taken off yet.</summary>
    public bool HasCompleted => _flights.Exists(f => f.Task.IsCompleted);

    /// <summary>Whether an id is waited for.</summary>
    public bool Has(string id) => _flights.Exists(f => f.Id == id);

    /// <summary>Waits for something.</summary>
    public void Add(string id, InFlightKind kind, Task task)
    {
        _flights.RemoveAll(f => f.Id == id);
        _flights.Add(new(id, task, kind));
    }

    /// <summary>Waits for something that is given up by cancelling it.</summary>
    public void Add(string id, InFlightKind kind, Func<CancellationToken, Task> start)
    {
        var source = new CancellationTokenSource();
        _cancellations[id] = source;
        Add(id, kind, start(source.Token));
    }

    /// <summary>Waits until something has completed, and takes it off.</summary>
    public async Task<InFlight> NextAsync()
    {
        Task completed = await Task.WhenAny(_flights.Select(f => f.Task));
        InFlight done = _flights.First(f => f.Task == completed);
        _flights.Remove(done);
        _cancellations.Remove(done.Id);
        return done;
    }

    /// <summary>Something runs whose answer does not count.</summary>
    public void Abandon(Task task) => _abandoned.Add(task);

    /// <summary>Forgets an id. What runs goes on; its answer no longer counts.</summary>
    public void Drop(string id)
    {
        _abandoned.AddRange(_flights.Where(f => f.Id == id && f.Kind is InFlightKind.Activity or InFlightKind.MapRun).Select(f => f.Task));
        _flights.RemoveAll(f => f.Id == id);
        if (_cancellations.Remove(id, out CancellationTokenSource? source))
        {
            source.Cancel();
        }
    }

    /// <summary>Cancels what timers are left: one that nobody waits for would hold the orchestration open.</summary>
    public void CancelTimers()
    {
        foreach (InFlight timer in _flights.Where(f => f.Kind == InFlightKind.Timer).ToArray())
        {
            Drop(timer.Id);
        }
    }
}
