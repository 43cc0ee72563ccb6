using System.Collections.Concurrent;

namespace StepFlow.Functions.Activities;

/// <summary>The tasks that run in this process, so that they can be cancelled.</summary>
internal sealed class RunningTasks
{
    private readonly ConcurrentDictionary<(string InstanceId, string TaskId), CancellationTokenSource> _running = new();

    /// <summary>A task runs here until the source is returned by <see cref="Leave"/>.</summary>
    public void Enter(string instanceId, string taskId, CancellationTokenSource source) => _running[(instanceId, taskId)] = source;

    /// <summary>A task does not run here any more.</summary>
    public void Leave(string instanceId, string taskId, CancellationTokenSource source) =>
        _running.TryRemove(new((instanceId, taskId), source));

    /// <summary>Cancels a task if it runs in this process.</summary>
    public async Task CancelAsync(string instanceId, string taskId)
    {
        if (_running.TryRemove((instanceId, taskId), out CancellationTokenSource? source))
        {
            await source.CancelAsync();
        }
    }
}
