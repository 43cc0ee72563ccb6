namespace StepFlow.Runtime.TaskLimits;

/// <summary>What several processes share of limits. A host that is one process has none.</summary>
public interface ITaskLeases
{
    /// <summary>Takes a share, for a task that has its turn in this process.</summary>
    /// <param name="share">The limit and its key.</param>
    /// <param name="task">The task's idempotency key. A repetition of the task does not take a second lease.</param>
    /// <returns>Disposing it returns the lease. Null if other processes use the whole limit.</returns>
    Task<IAsyncDisposable?> TryTakeAsync(TaskShare share, string task, CancellationToken cancellationToken);
}
