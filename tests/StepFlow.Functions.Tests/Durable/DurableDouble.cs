using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>
/// A Durable Functions back end in memory, with virtual time: every completion re-runs the orchestrator from the start
/// of its history and checks that it asks for the same actions in the same order.
/// </summary>
/// <param name="time">The clock: timers fire when it says so.</param>
public sealed class DurableDouble(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DurableInstance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, Task<object?>>> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string InstanceId, int Generation, int ActionId), ITimer> _timers = [];
    private readonly Dictionary<(string InstanceId, int Generation, int ActionId), DurableAction> _running = [];
    private readonly Dictionary<string, List<TaskCompletionSource<DurableInstance>>> _waiting = new(StringComparer.Ordinal);
    private readonly List<Exception> _failures = [];
    private int _epoch;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What went wrong in the double itself, such as an orchestrator that is not deterministic.</summary>
    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>Whether timers come after whole seconds, rounded down, as Azure Storage's queues have it.</summary>
    public bool RoundsTimersDown { get; set; }

    /// <summary>How many of each sort of action were asked for, in all.</summary>
    public Dictionary<DurableActionKind, int> Counts { get; } = [];

    /// <summary>How often each activity was called.</summary>
    public Dictionary<string, int> ActivityCalls { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The largest message that was sent: an input, a result, an event's payload, in bytes of UTF-8.</summary>
    public int LargestMessage { get; private set; }

    /// <summary>How often an orchestrator was run from the start of its history.</summary>
    public int Episodes { get; private set; }

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => _orchestrators.Add(name, run);

    /// <summary>An activity: takes the input's JSON.</summary>
    public void AddActivity(string name, Func<string?, Task<object?>> run) => _activities.Add(name, run);

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

    public void Schedule(string name, string id, object? input, string? parentId = null, int parentActionId = -1)
    {
        lock (_gate)
        {
            var instance = new DurableInstance(id, name, Measure(JsonDataConverter.Default.Serialize(input)), parentId, parentActionId, Now);
            _instances[id] = instance;
            RunEpisode(instance);
        }
    }

    public void Raise(string id, string eventName, object? payload)
    {
        lock (_gate)
        {
            if (_instances.TryGetValue(id, out DurableInstance? instance) && !instance.IsCompleted)
            {
                Happen(instance, new(Now, -1, eventName, Measure(payload as string ?? JsonDataConverter.Default.Serialize(payload)), null));
            }
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

            instance.Status = OrchestrationRuntimeStatus.Terminated;
            instance.Output = JsonDataConverter.Default.Serialize(output);
            Complete(instance);
            if (recursive)
            {
                foreach (DurableInstance child in _instances.Values.Where(c => c.ParentId == id).ToArray())
                {
                    Terminate(child.Id, output, true);
                }
            }
        }
    }

    public void Purge(string id)
    {
        lock (_gate)
        {
            _instances.Remove(id);
        }
    }

    /// <summary>The workers crash and start again: what activities answer from before is lost, and they run once more.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _epoch++;
            foreach (((string instanceId, int generation, int actionId), DurableAction action) in _running.ToArray())
            {
                _ = RunActivityAsync(_instances[instanceId], generation, actionId, action, _epoch);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _epoch++;
            foreach (ITimer timer in _timers.Values)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }
    }

    /// <summary>Waits until an instance has ended.</summary>
    public Task<DurableInstance> WaitAsync(string id)
    {
        lock (_gate)
        {
            if (_instances.TryGetValue(id, out DurableInstance? instance) && instance.IsCompleted)
            {
                return Task.FromResult(instance);
            }

            var source = new TaskCompletionSource<DurableInstance>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.TryGetValue(id, out List<TaskCompletionSource<DurableInstance>>? sources))
            {
                _waiting[id] = sources = [];
            }

            sources.Add(source);
            return source.Task;
        }
    }

    private void Happen(DurableInstance instance, DurableEvent happened)
    {
        instance.History.Add(happened);
        instance.UpdatedAt = Now;
        RunEpisode(instance);
    }

    private void RunEpisode(DurableInstance instance)
    {
        if (instance.IsCompleted)
        {
            return;
        }

        Episodes++;
        instance.Status = OrchestrationRuntimeStatus.Running;
        int known = instance.Actions.Count;
        var context = new ReplayingContext(instance, known);
        Task<object?> run = Task.FromResult<object?>(null);
        SingleThread.Run(Leave, thread =>
        {
            run = _orchestrators[instance.Name](context);
            thread.Drain();
            foreach (DurableEvent happened in instance.History)
            {
                context.Apply(happened);
                thread.Drain();
            }
        });
        if (context.Asked.Count < known)
        {
            throw new InvalidOperationException($"Not deterministic: {instance.Id} asked for {known} actions before and for {context.Asked.Count} on replay.");
        }

        instance.CustomStatus = context.CustomStatus ?? instance.CustomStatus;
        instance.CancelledTimers.UnionWith(context.CancelledTimers);
        for (int id = known; id < context.Asked.Count; id++)
        {
            instance.Actions.Add(context.Asked[id]);
        }

        int generation = instance.Generation;
        if (run.IsCompleted)
        {
            Finish(instance, context, run);
        }

        for (int id = known; id < context.Asked.Count; id++)
        {
            Perform(instance, generation, id, context.Asked[id]);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _failures.Add(new InvalidOperationException("An orchestrator awaited something other than its context's tasks."));
        }
    }

    private void Finish(DurableInstance instance, ReplayingContext context, Task<object?> run)
    {
        if (run.IsCompletedSuccessfully && context.ContinuesAsNew)
        {
            instance.Generation++;
            instance.Input = Measure(JsonDataConverter.Default.Serialize(context.NextInput));
            DurableEvent[] kept = context.PreservesEvents ? [.. context.Unclaimed] : [];
            instance.History.Clear();
            instance.Actions.Clear();
            instance.CancelledTimers.Clear();
            instance.StartedAt = Now;
            instance.History.AddRange(kept);
            RunEpisode(instance);
            return;
        }

        if (run.Exception is { } failure)
        {
            Exception inner = failure.InnerException!;
            if (inner is not ExecutionEndedException)
            {
                _failures.Add(inner);
            }

            instance.Status = OrchestrationRuntimeStatus.Failed;
            instance.Failure = TaskFailureDetails.FromException(inner);
        }
        else
        {
            instance.Status = OrchestrationRuntimeStatus.Completed;
            instance.Output = Measure(JsonDataConverter.Default.Serialize(run.Result));
        }

        Complete(instance);
    }

    private void Complete(DurableInstance instance)
    {
        instance.UpdatedAt = Now;
        if (instance.ParentId is { } parentId && _instances.TryGetValue(parentId, out DurableInstance? parent) && !parent.IsCompleted)
        {
            Happen(parent, new(Now, instance.ParentActionId, null, instance.Output, instance.Failure));
        }

        if (_waiting.Remove(instance.Id, out List<TaskCompletionSource<DurableInstance>>? sources))
        {
            foreach (TaskCompletionSource<DurableInstance> source in sources)
            {
                source.SetResult(instance);
            }
        }
    }

    private void Perform(DurableInstance instance, int generation, int id, DurableAction action)
    {
        Counts[action.Kind] = Counts.GetValueOrDefault(action.Kind) + 1;
        Measure(action.Data);
        switch (action.Kind)
        {
            case DurableActionKind.Activity:
                ActivityCalls[action.Name] = ActivityCalls.GetValueOrDefault(action.Name) + 1;
                _running[(instance.Id, generation, id)] = action;
                _ = RunActivityAsync(instance, generation, id, action, _epoch);
                break;
            case DurableActionKind.Timer when !instance.CancelledTimers.Contains(id):
                TimeSpan wait = DateTimeOffset.Parse(action.Name, CultureInfo.InvariantCulture) - Now;
                wait = RoundsTimersDown ? TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds)) : wait;
                _timers[(instance.Id, generation, id)] = time.CreateTimer(
                    _ => Fire(instance, generation, id), null, wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
                break;
            case DurableActionKind.SubOrchestration:
                int at = action.Name.IndexOf('/', StringComparison.Ordinal);
                string childId = action.Name[(at + 1)..] is { Length: > 0 } given ? given : $"{instance.Id}:{generation}:{id}";
                var child = new DurableInstance(childId, action.Name[..at], action.Data, instance.Id, id, Now);
                _instances[childId] = child;
                RunEpisode(child);
                break;
            case DurableActionKind.SendEvent:
                int slash = action.Name.IndexOf('/', StringComparison.Ordinal);
                Raise(action.Name[..slash], action.Name[(slash + 1)..], action.Data!);
                break;
        }
    }

    private async Task RunActivityAsync(DurableInstance instance, int generation, int id, DurableAction action, int epoch)
    {
        DurableEvent happened;
        try
        {
            // Off this thread: an activity runs beside its orchestration.
            object? result = await Task.Run(() => _activities[action.Name](action.Data));
            happened = new(default, id, null, JsonDataConverter.Default.Serialize(result), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            happened = new(default, id, null, null, TaskFailureDetails.FromException(e));
        }

        lock (_gate)
        {
            if (epoch != _epoch || !_running.Remove((instance.Id, generation, id)))
            {
                return;
            }

            Measure(happened.Result);
            if (instance.Generation == generation)
            {
                try
                {
                    Happen(instance, happened with { Time = Now });
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    Fail(instance, e);
                }
            }
        }
    }

    private void Fire(DurableInstance instance, int generation, int id)
    {
        lock (_gate)
        {
            if (!_timers.Remove((instance.Id, generation, id), out ITimer? timer))
            {
                return;
            }

            timer.Dispose();
            if (instance.Generation == generation && !instance.IsCompleted && !instance.CancelledTimers.Contains(id))
            {
                Happen(instance, new(Now, id, null, null, null));
            }
        }
    }

    /// <summary>Whoever waits must not wait for ever for an orchestration that the double cannot go on with.</summary>
    private void Fail(DurableInstance instance, Exception failure)
    {
        _failures.Add(failure);
        instance.Status = OrchestrationRuntimeStatus.Failed;
        instance.Failure = TaskFailureDetails.FromException(failure);
        Complete(instance);
    }

    private string? Measure(string? message)
    {
        LargestMessage = Math.Max(LargestMessage, message is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(message));
        return message;
    }
}
