namespace StepFlow.Local.Engine;

/// <summary>The calls that wait for the end of executions.</summary>
internal sealed class ExecutionWaiters
{
    private readonly object _gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource<ExecutionRecord>>> _waiting = new(StringComparer.Ordinal);

    public TaskCompletionSource<ExecutionRecord> Add(string arn)
    {
        var waiter = new TaskCompletionSource<ExecutionRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_waiting.TryGetValue(arn, out List<TaskCompletionSource<ExecutionRecord>>? waiters))
            {
                _waiting.Add(arn, waiters = []);
            }

            waiters.Add(waiter);
        }

        return waiter;
    }

    public void Remove(string arn, TaskCompletionSource<ExecutionRecord> waiter)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(arn, out List<TaskCompletionSource<ExecutionRecord>>? waiters) && waiters.Remove(waiter) && waiters.Count == 0)
            {
                _waiting.Remove(arn);
            }
        }
    }

    public void Complete(ExecutionRecord execution)
    {
        List<TaskCompletionSource<ExecutionRecord>>? waiters;
        lock (_gate)
        {
            _waiting.Remove(execution.Start.ExecutionArn, out waiters);
        }

        waiters?.ForEach(waiter => waiter.TrySetResult(execution));
    }

    /// <summary>The host stops: all waits are cancelled.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource<ExecutionRecord> waiter in _waiting.Values.SelectMany(waiters => waiters))
            {
                waiter.TrySetCanceled();
            }

            _waiting.Clear();
        }
    }
}
