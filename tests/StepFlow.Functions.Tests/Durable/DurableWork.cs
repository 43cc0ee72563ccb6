using Microsoft.DurableTask;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>The activities that run and the timers that wait. What is left of a generation that is over comes to nothing.</summary>
/// <param name="time">The clock: timers fire when the test advances it.</param>
/// <param name="converter">What results are written with.</param>
/// <param name="happened">Called when an activity has ended or a timer has fired, with the instance and its generation.</param>
internal sealed class DurableWork(TimeProvider time, DataConverter converter, Action<DurableInstance, int, DurableEvent> happened) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Func<string?, Task<object?>>> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(DurableInstance Instance, int Generation, int ActionId), DurableAction> _running = [];
    private readonly Dictionary<(DurableInstance Instance, int Generation, int ActionId), ITimer> _timers = [];
    private int _epoch;

    /// <summary>Whether timers come after whole seconds, rounded down, as Azure Storage's queues have it.</summary>
    public bool RoundsTimersDown { get; set; }

    /// <summary>Whether an activity runs that waits for nothing but storage. The activities of tasks may wait for the clock.</summary>
    public bool UsesStorage
    {
        get
        {
            lock (_gate)
            {
                return _running.Values.Any(static action => action.Name is not (ActivityNames.RunTask or ActivityNames.RunChildren));
            }
        }
    }

    public void AddActivity(string name, Func<string?, Task<object?>> run) => _activities.Add(name, run);

    public void StartActivity(DurableInstance instance, DurableAction action)
    {
        lock (_gate)
        {
            _running[(instance, instance.Generation, action.Id)] = action;
            _ = RunAsync(instance, instance.Generation, action, _epoch);
        }
    }

    public void StartTimer(DurableInstance instance, DurableAction action)
    {
        (DurableInstance, int, int) key = (instance, instance.Generation, action.Id);
        lock (_gate)
        {
            TimeSpan wait = action.FireAt - time.GetUtcNow();
            wait = RoundsTimersDown ? TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds)) : wait;
            _timers[key] = time.CreateTimer(_ => Fire(key), null, wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
            if (action.FireAt <= time.GetUtcNow())
            {
                // It is due, so it fires although the clock of the test stands still.
                _ = Task.Run(() => Fire(key));
            }
        }
    }

    /// <summary>The results of activities from before are lost, and they run again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _epoch++;
            foreach (((DurableInstance instance, int generation, _), DurableAction action) in _running.ToArray())
            {
                _ = RunAsync(instance, generation, action, _epoch);
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

    private async Task RunAsync(DurableInstance instance, int generation, DurableAction action, int epoch)
    {
        DurableEvent response;
        try
        {
            // Off this thread: an activity runs beside its orchestration.
            object? result = await Task.Run(() => _activities[action.Name](action.Data));
            response = new(action.Id, null, converter.Serialize(result), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            response = new(action.Id, null, null, TaskFailureDetails.FromException(e));
        }

        lock (_gate)
        {
            if (epoch != _epoch || !_running.Remove((instance, generation, action.Id)))
            {
                return;
            }
        }

        happened(instance, generation, response);
    }

    private void Fire((DurableInstance Instance, int Generation, int ActionId) key)
    {
        ITimer? timer;
        lock (_gate)
        {
            if (!_timers.Remove(key, out timer))
            {
                return;
            }
        }

        timer.Dispose();
        happened(key.Instance, key.Generation, new(key.ActionId, null, null, null));
    }
}
