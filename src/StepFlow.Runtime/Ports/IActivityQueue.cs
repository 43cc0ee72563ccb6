namespace StepFlow.Runtime.Ports;

/// <summary>
/// Hands the tasks of activities to workers. Durable: a task is delivered once, also across restarts. A task that was
/// taken is not delivered yet: first its start is recorded in its execution (<c>TaskStarted</c>), then that is confirmed
/// here, and only then the worker gets it. Where the host ends before that, the task is given out again.
/// </summary>
public interface IActivityQueue
{
    /// <summary>Puts a task in an activity's queue. Repeating it with the same token changes nothing.</summary>
    Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Takes the oldest task; waits up to <paramref name="wait"/> for one; null where none came.</summary>
    Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The start of a taken task is recorded, or no execution waits for the task. No worker gets it again.</summary>
    /// <returns>Whether it may be delivered; false where it was removed, or taken by another, meanwhile.</returns>
    Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Gives back a task that was taken and whose start could not be recorded: the next worker gets it.</summary>
    Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken);

    /// <summary>Removes a task that no worker has taken. True if it was in the queue.</summary>
    Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken);
}

/// <summary>A task that waits for a worker.</summary>
/// <param name="Input">The worker's input.</param>
public sealed record ActivityTask(string TaskToken, string ExecutionArn, string TaskId, JsonValue Input)
{
    /// <summary>What the queue knows this delivery by; null where it needs nothing.</summary>
    public object? Receipt { get; init; }
}
