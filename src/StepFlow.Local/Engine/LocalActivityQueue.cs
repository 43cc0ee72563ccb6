using StepFlow.Local.Journal;

namespace StepFlow.Local.Engine;

/// <summary>The tasks of activities in a table of the journal. Waiting workers are notified of new tasks.</summary>
internal sealed class LocalActivityQueue(JournalWriter writer, TimeProvider clock) : IActivityQueue
{
    private readonly object _gate = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> _pollers = new(StringComparer.Ordinal);

    public async Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        byte[] input = task.Input.ToUtf8();
        await writer.WriteAsync(
            statements => statements.Activities.Enqueue(activityArn, task.TaskToken, task.ExecutionArn, task.TaskId, input), cancellationToken);
        WakeOne(activityArn);
    }

    public async Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        while (true)
        {
            // The poller joins the queue before it looks for a task. So a task that is added in between wakes it.
            LinkedListNode<TaskCompletionSource> waiter = Line(activityArn);
            bool looked = false;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await writer.WriteAsync(statements => statements.Activities.Take(activityArn), CancellationToken.None) is { } task)
                {
                    return new ActivityTask(task.Token, task.Execution, task.Task, JsonValue.Parse(task.Input));
                }

                await waiter.Value.Task.WaitAsync(either.Token);
                looked = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            finally
            {
                Leave(activityArn, waiter, passOn: !looked);
            }
        }
    }

    /// <remarks>The transaction that recorded the start marked the task.</remarks>
    public Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(statements => statements.Activities.Return(task.TaskToken), cancellationToken);
        WakeOne(activityArn);
    }

    public Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken) =>
        writer.WriteAsync(statements => statements.Activities.Remove(activityArn, taskToken), cancellationToken);

    private LinkedListNode<TaskCompletionSource> Line(string activityArn)
    {
        lock (_gate)
        {
            if (!_pollers.TryGetValue(activityArn, out LinkedList<TaskCompletionSource>? line))
            {
                _pollers.Add(activityArn, line = new());
            }

            return line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    private void Leave(string activityArn, LinkedListNode<TaskCompletionSource> waiter, bool passOn)
    {
        bool wasWoken;
        lock (_gate)
        {
            wasWoken = waiter.Value.Task.IsCompleted;
            if (waiter.List is { } line)
            {
                line.Remove(waiter);
                if (line.Count == 0)
                {
                    _pollers.Remove(activityArn);
                }
            }
        }

        if (wasWoken && passOn)
        {
            // This poller was woken for a task but no longer takes it, so the next one is woken.
            WakeOne(activityArn);
        }
    }

    private void WakeOne(string activityArn)
    {
        lock (_gate)
        {
            if (_pollers.TryGetValue(activityArn, out LinkedList<TaskCompletionSource>? line) && line.First is { } first)
            {
                line.RemoveFirst();
                if (line.Count == 0)
                {
                    _pollers.Remove(activityArn);
                }

                first.Value.TrySetResult();
            }
        }
    }
}
