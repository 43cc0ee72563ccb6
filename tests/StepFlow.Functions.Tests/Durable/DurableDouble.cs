using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>
/// A Durable Functions back end in memory, with virtual time: keeps the instances and their histories, and performs what
/// orchestrators ask for. Every message re-runs an orchestrator from the start of its history, on the worker's own
/// engine where the packages can be had.
/// </summary>
public sealed class DurableDouble : IDisposable
{
    /// <summary>The most bytes that a message may have: Durable Task Scheduler refuses more.</summary>
    public const int MessageLimit = 1024 * 1024;

    /// <summary>How much later a turn that is lost runs: long enough that the timers of tests are due by then.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromDays(400);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly IEpisodeEngine _engine;
    private readonly DurableWork _work;
    private readonly Dictionary<string, DurableInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AppOrchestrator> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly InstanceEnds _ends = new();
    private readonly Queue<DurableInstance> _due = new();
    private readonly DurableTally _tally = new();
    private bool _pumps;
    private bool _isDisposed;

    /// <param name="time">The clock: timers fire when the test advances it.</param>
    public DurableDouble(TimeProvider time)
        : this(time, left => new EpisodeEngine(left))
    {
    }

    private DurableDouble(TimeProvider time, Func<Action, IEpisodeEngine> engine)
    {
        _time = time;
        _engine = engine(() => _tally.AddFailure("An orchestrator awaited something other than its context's tasks."));
        _work = new(time, _engine.Converter, Happened);
    }

    /// <summary>What payloads are written with.</summary>
    public DataConverter Converter => _engine.Converter;

    /// <summary>What went wrong in orchestrations, such as one that is not deterministic, or a message that is too large.</summary>
    public IReadOnlyList<Exception> Failures => _tally.Failures;

    /// <summary>How many of each sort of action were asked for, in all.</summary>
    public IReadOnlyDictionary<DurableActionKind, int> Counts => Copy(_tally.Counts);

    /// <summary>How often each activity was called.</summary>
    public IReadOnlyDictionary<string, int> ActivityCalls => Copy(_tally.ActivityCalls);

    /// <summary>The largest message that was sent: an action, an input, a result, an event's payload, in bytes.</summary>
    public int LargestMessage => _tally.LargestMessage;

    /// <summary>The bytes of all messages.</summary>
    public long Bytes => _tally.Bytes;

    /// <summary>How often an orchestrator was run from the start of its history.</summary>
    public int Episodes => _tally.Episodes;

    /// <inheritdoc cref="DurableWork.RoundsTimersDown"/>
    public bool RoundsTimersDown
    {
        get => _work.RoundsTimersDown;
        set => _work.RoundsTimersDown = value;
    }

    /// <inheritdoc cref="DurableWork.UsesStorage"/>
    public bool UsesStorage => _work.UsesStorage;

    /// <summary>Called before each activity, with its name; the activity runs when it has ended. Null for none.</summary>
    public Func<string, Task>? BeforeActivity { get; set; }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The app's functions.</summary>
    public void Add(AppFunctions functions)
    {
        foreach (AppOrchestrator orchestrator in functions.Orchestrators.Values)
        {
            _orchestrators.Add(orchestrator.Name, orchestrator);
        }

        foreach (AppActivity activity in functions.Activities.Values)
        {
            _work.AddActivity(activity.Name, async json =>
            {
                await (BeforeActivity?.Invoke(activity.Name) ?? Task.CompletedTask);
                return await activity.RunAsync(Converter.Deserialize(json, activity.Input));
            });
        }
    }

    public DurableInstance? Find(string id)
    {
        lock (_gate)
        {
            return _instances.GetValueOrDefault(id);
        }
    }

    public IReadOnlyList<DurableInstance> All()
    {
        lock (_gate)
        {
            return [.. _instances.Values];
        }
    }

    public void Schedule(string name, string id, object? input)
    {
        lock (_gate)
        {
            Start(new(id, name, _tally.Measure(Converter.Serialize(input)), Now));
            Pump();
        }
    }

    public void Raise(string id, string eventName, object? payload)
    {
        lock (_gate)
        {
            Deliver(id, eventName, _tally.Measure(Converter.Serialize(payload)));
            Pump();
        }
    }

    public void Terminate(string id, object? output, bool recursive)
    {
        lock (_gate)
        {
            if (!_instances.TryGetValue(id, out DurableInstance? instance) || instance.IsCompleted)
            {
                return;
            }

            instance.Output = Converter.Serialize(output);
            Complete(instance, OrchestrationRuntimeStatus.Terminated, new TaskFailureDetails("Terminated", "Terminated", null, null, null));
            if (recursive)
            {
                foreach (DurableInstance child in _instances.Values.Where(c => c.Parent?.Instance == instance).ToArray())
                {
                    Terminate(child.Id, output, true);
                }
            }

            Pump();
        }
    }

    public void Purge(string id)
    {
        lock (_gate)
        {
            _instances.Remove(id);
        }
    }

    /// <summary>The workers crash and start again: the results of activities from before are lost, and they run again.</summary>
    /// <param name="open">Opens the process that functions run in from now on. No orchestrator runs meanwhile.</param>
    public void Restart(Action open)
    {
        lock (_gate)
        {
            open();
            _work.Restart();
        }
    }

    /// <summary>Waits for the turn that runs, and begins no further one: after it the app that the orchestrators need may be disposed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _work.Dispose();
        }
    }

    /// <summary>Waits until an instance has ended.</summary>
    public Task<DurableInstance> WaitAsync(string id)
    {
        lock (_gate)
        {
            return _instances.TryGetValue(id, out DurableInstance? instance) && instance.IsCompleted ? Task.FromResult(instance) : _ends.WaitAsync(id);
        }
    }

    /// <summary>What is counted while orchestrators run.</summary>
    private Dictionary<T, int> Copy<T>(Dictionary<T, int> counts)
        where T : notnull
    {
        lock (_gate)
        {
            return new(counts, counts.Comparer);
        }
    }

    private void Start(DurableInstance instance)
    {
        _instances[instance.Id] = instance;
        _due.Enqueue(instance);
    }

    private void Deliver(string id, string eventName, string? payload)
    {
        if (_instances.TryGetValue(id, out DurableInstance? instance))
        {
            Deliver(instance, instance.Generation, new(-1, eventName, payload, null));
        }
    }

    private void Deliver(DurableInstance instance, int generation, DurableEvent happened)
    {
        if (!instance.IsCompleted && instance.Generation == generation)
        {
            instance.Inbox.Add(happened);
            _due.Enqueue(instance);
        }
    }

    private void Happened(DurableInstance instance, int generation, DurableEvent happened)
    {
        lock (_gate)
        {
            _tally.Measure(happened.Result);
            Deliver(instance, generation, happened);
            Pump();
        }
    }

    /// <summary>Runs what is due. What happens meanwhile comes to an instance's next episode together.</summary>
    private void Pump()
    {
        if (_pumps || _isDisposed)
        {
            return;
        }

        _pumps = true;
        while (!_isDisposed && _due.TryDequeue(out DurableInstance? instance))
        {
            if (instance.IsCompleted || (instance.History.Count > 0 && instance.Inbox.Count == 0))
            {
                continue;
            }

            try
            {
                RunEpisode(instance);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A waiting test must not wait forever for an orchestration that cannot continue.
                _tally.AddFailure(e);
                Complete(instance, OrchestrationRuntimeStatus.Failed, TaskFailureDetails.FromException(e));
            }
        }

        _pumps = false;
    }

    private void RunEpisode(DurableInstance instance)
    {
        instance.Status = OrchestrationRuntimeStatus.Running;
        instance.UpdatedAt = Now;
        var episode = new DurableEpisode(Now, [.. instance.Inbox]);
        instance.Inbox.Clear();
        AppOrchestrator orchestrator = _orchestrators[instance.Name];
        IReadOnlyList<DurableAction> discarded = Discard(instance, orchestrator, episode);
        instance.History.Add(episode);
        EpisodeOutcome outcome = _engine.Run(instance, orchestrator);
        if (!outcome.Requested.Select(Comparable).SequenceEqual(discarded.Select(Comparable)))
        {
            _tally.AddFailure(
                $"{instance.Id} asked for other actions when its turn was run again at another time: "
                + $"{string.Join(", ", discarded.Select(Comparable))}; then {string.Join(", ", outcome.Requested.Select(Comparable))}.");
        }

        episode.Requested = outcome.Requested;
        instance.CustomStatus = outcome.CustomStatus;
        _tally.Add(outcome);
        foreach (DurableAction action in outcome.Requested)
        {
            Perform(instance, action);
        }

        if (outcome.End is not null || outcome.ContinuesAsNew)
        {
            Check(instance, orchestrator, outcome);
        }

        if (outcome.ContinuesAsNew)
        {
            ContinueAsNew(instance, outcome);
        }
        else if (outcome.End is { } end)
        {
            instance.Output = outcome.Result;
            Complete(instance, end, outcome.Failure);
        }
    }

    /// <summary>
    /// Runs a turn whose history is lost: a crash between its messages and its history, or a partition that moved. What
    /// it asked for was sent; when it runs again, at another time, it must ask for the same.
    /// </summary>
    private IReadOnlyList<DurableAction> Discard(DurableInstance instance, AppOrchestrator orchestrator, DurableEpisode episode)
    {
        instance.History.Add(episode with { Time = episode.Time + Lost });
        try
        {
            return _engine.Run(instance, orchestrator).Requested;
        }
        finally
        {
            instance.History.RemoveAt(instance.History.Count - 1);
        }
    }

    /// <summary>What must be the same: all but when a timer fires, which is not compared.</summary>
    private static DurableAction Comparable(DurableAction action) => action with { FireAt = default };

    private void Perform(DurableInstance instance, DurableAction action)
    {
        switch (action.Kind)
        {
            case DurableActionKind.Activity:
                _work.StartActivity(instance, action);
                break;
            case DurableActionKind.Timer:
                _work.StartTimer(instance, action);
                break;
            case DurableActionKind.SubOrchestration:
                Start(new(action.InstanceId!, action.Name, action.Data, Now) { Parent = (instance, action.Id, instance.Generation) });
                break;
            case DurableActionKind.SendEvent:
                Deliver(action.InstanceId!, action.Name, action.Data);
                break;
        }
    }

    private void Check(DurableInstance instance, AppOrchestrator orchestrator, EpisodeOutcome outcome)
    {
        bool broke = outcome.End == OrchestrationRuntimeStatus.Failed && outcome.Failure?.ErrorType != typeof(ExecutionEndedException).FullName;
        if (broke)
        {
            _tally.AddFailure($"{instance.Id} broke down: {outcome.Failure?.ErrorType}: {outcome.Failure?.ErrorMessage} {instance.Describe()}");
        }
        else if (_engine.Compare(instance, orchestrator) is { } difference)
        {
            _tally.AddFailure($"Not deterministic: {difference}");
        }
    }

    private void ContinueAsNew(DurableInstance instance, EpisodeOutcome outcome)
    {
        // What it sent to itself arrives later, as a message; what is carried over is there from the start.
        DurableEvent[] messages = [.. instance.Inbox];
        instance.Generation++;
        instance.Input = outcome.Result;
        instance.History.Clear();
        instance.Inbox.Clear();
        instance.Inbox.AddRange(outcome.CarriedOver);
        RunEpisode(instance);
        instance.CustomStatus ??= outcome.CustomStatus;
        foreach (DurableEvent message in messages)
        {
            Deliver(instance, instance.Generation, message);
        }
    }

    private void Complete(DurableInstance instance, OrchestrationRuntimeStatus status, TaskFailureDetails? failure)
    {
        instance.Status = status;
        instance.Failure = failure;
        instance.UpdatedAt = Now;
        if (instance.Parent is { } parent)
        {
            Deliver(parent.Instance, parent.Generation, new(parent.ActionId, null, instance.Output, failure));
        }

        _ends.Complete(instance);
    }
}
