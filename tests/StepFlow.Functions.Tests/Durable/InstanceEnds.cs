namespace StepFlow.Functions.Tests.Durable;

/// <summary>The callers that wait for the ends of instances, which may not have started yet. Calls come one at a time.</summary>
internal sealed class InstanceEnds
{
    private readonly Dictionary<string, TaskCompletionSource<DurableInstance>> _ends = new(StringComparer.Ordinal);

    /// <summary>Waits for the next end of an instance.</summary>
    public Task<DurableInstance> WaitAsync(string id)
    {
        if (!_ends.TryGetValue(id, out TaskCompletionSource<DurableInstance>? end))
        {
            _ends[id] = end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return end.Task;
    }

    /// <summary>An instance has ended.</summary>
    public void Complete(DurableInstance instance)
    {
        if (_ends.Remove(instance.Id, out TaskCompletionSource<DurableInstance>? end))
        {
            end.SetResult(instance);
        }
    }
}
