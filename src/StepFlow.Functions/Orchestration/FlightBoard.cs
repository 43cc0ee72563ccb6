namespace StepFlow.Functions.Orchestration;

/// <summary>Everything that an orchestration waits for, in the order in which it began to.</summary>
internal sealed class FlightBoard
{
    private readonly Dictionary<string, CancellationTokenSource> _cancellations = new(StringComparer.Ordinal);
    private readonly List<InFlight> _flights = [];

    /// <summary>Whether an activity or a sub-orchestration runs.</summary>
    public bool HasActivities => _flights.Exists(f => f.Kind == InFlightKind.Activity);

    /// <summary>Whether one runs other than those named.</summary>
    public bool HasActivitiesBut(IEnumerable<string> ids)
    {
        HashSet<string> leaving = [.. ids];
        return _flights.Exists(f => f.Kind == InFlightKind.Activity && !leaving.Contains(f.Id));
    }

    /// <summary>Waits for something.</summary>
    public void Add(string id, InFlightKind kind, Task task)
    {
        _flights.RemoveAll(f => f.Id == id);
        _flights.Add(new(id, task, kind));
    }

    /// <summary>Starts a timer.</summary>
    public void StartTimer(string id, Func<CancellationToken, Task> start) => Add(id, InFlightKind.Timer, start(CancellationOf(id)));

    /// <summary>The token that is cancelled when an id is dropped.</summary>
    public CancellationToken CancellationOf(string id)
    {
        var source = new CancellationTokenSource();
        _cancellations[id] = source;
        return source.Token;
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

    /// <summary>Forgets an id. An activity that runs goes on; its answer no longer counts.</summary>
    public void Drop(string id)
    {
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
