using StepFlow.Runtime.Ports;

namespace StepFlow.Testing;

/// <summary>Activity tasks in memory, oldest first; a worker that waits longest gets the next task.</summary>
/// <param name="clock">What workers' waiting is measured with.</param>
public sealed class InMemoryActivityQueue(TimeProvider clock) : IActivityQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<ActivityTask>> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<ActivityTask?>>> _workers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => Put(activityArn, task, first: false);

    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => Put(activityArn, task, first: true);

    /// <inheritdoc/>
    public async Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken)
    {
        var worker = new TaskCompletionSource<ActivityTask?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_tasks.GetValueOrDefault(activityArn)?.First is { } oldest)
            {
                _tasks[activityArn].RemoveFirst();
                return oldest.Value;
            }

            if (wait <= TimeSpan.Zero)
            {
                return null;
            }

            Of(_workers, activityArn).AddLast(worker);
        }

        using ITimer timer = clock.CreateTimer(_ => GiveUp(activityArn, worker), null, wait, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => GiveUp(activityArn, worker));
        ActivityTask? task = await worker.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return task;
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ActivityTask? task = _tasks.GetValueOrDefault(activityArn)?.FirstOrDefault(known => known.TaskToken == taskToken);
            return Task.FromResult(task is not null && _tasks[activityArn].Remove(task));
        }
    }

    private Task Put(string activityArn, ActivityTask task, bool first)
    {
        TaskCompletionSource<ActivityTask?>? worker = null;
        lock (_gate)
        {
            if (_workers.GetValueOrDefault(activityArn)?.First is { } waiting)
            {
                worker = waiting.Value;
                _workers[activityArn].RemoveFirst();
            }
            else
            {
                LinkedList<ActivityTask> queue = Of(_tasks, activityArn);
                if (!queue.Any(known => known.TaskToken == task.TaskToken))
                {
                    _ = first ? queue.AddFirst(task) : queue.AddLast(task);
                }
            }
        }

        worker?.SetResult(task);
        return Task.CompletedTask;
    }

    private static LinkedList<T> Of<T>(Dictionary<string, LinkedList<T>> lists, string activityArn)
    {
        if (!lists.TryGetValue(activityArn, out LinkedList<T>? list))
        {
            lists.Add(activityArn, list = new());
        }

        return list;
    }

    private void GiveUp(string activityArn, TaskCompletionSource<ActivityTask?> worker)
    {
        lock (_gate)
        {
            if (!_workers[activityArn].Remove(worker))
            {
                return;
            }
        }

        worker.SetResult(null);
    }
}
