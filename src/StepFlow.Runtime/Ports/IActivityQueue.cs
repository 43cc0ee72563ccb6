namespace StepFlow.Runtime.Ports;

/// <summary>
/// The queues of activities' tasks. Durable: a task is delivered once, also after restarts. Taking a task does not
/// deliver it. First its start is recorded in its execution (<c>TaskStarted</c>), then that is confirmed
/// here, and then the worker receives it. If the host ends before that, the task is taken again later.
/// </summary>
public interface IActivityQueue
{
    /// <summary>Puts a task in an activity's queue. Repeating it with the same token changes nothing.</summary>
    Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Takes the oldest task. Waits up to <paramref name="wait"/> for one; null if there was none.</summary>
    Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The start of a taken task is recorded, or no execution waits for the task. No worker gets it again.</summary>
    /// <returns>Whether it may be delivered. False if it was removed, or taken by another worker, in the meantime.</returns>
    Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Returns a task that was taken, but whose start could not be recorded. The next worker gets it.</summary>
    Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Removes a task that no worker has taken. True if it was in the queue.</summary>
    Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken);
}

/// <summary>A task that waits for a worker.</summary>
/// <param name="Input">The worker's input.</param>
public sealed record ActivityTask(string TaskToken, string ExecutionArn, string TaskId, JsonValue Input)
{
    /// <summary>The queue's identifier of this delivery; null if it does not need one.</summary>
    public object? Receipt { get; init; }
}
