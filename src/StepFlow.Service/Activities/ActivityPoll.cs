using StepFlow.Execution.Signals;

namespace StepFlow.Service.Activities;

/// <summary>Hands tasks to workers (GetActivityTask).</summary>
internal sealed class ActivityPoll(IActivityQueue queue, IExecutionHost host, ServiceOptions options, TimeProvider time)
{
    /// <summary>Takes a task. Waits for one as long as the options define; null if there was none.</summary>
    /// <param name="workerName">The worker's name; null where it gave none.</param>
    /// <param name="cancellationToken">The worker has disconnected.</param>
    public async Task<ActivityTask?> TakeAsync(string activityArn, string? workerName, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            TimeSpan left = options.ActivityPoll - time.GetElapsedTime(began);
            if (await queue.DequeueAsync(activityArn, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken) is not { } task)
            {
                return null;
            }

            // If the execution no longer waits for the task, the task is skipped. A task that was taken is started even if the worker has
            // disconnected.
            if (await StartAsync(activityArn, task, workerName))
            {
                return task;
            }
        }
    }

    private async Task<bool> StartAsync(string activityArn, ActivityTask task, string? workerName)
    {
        bool isAwaited;
        try
        {
            isAwaited = await host.SignalAsync(task.ExecutionArn, new TaskStarted(time.GetUtcNow(), task.TaskId, workerName), CancellationToken.None);
        }
        catch
        {
            await queue.ReturnAsync(activityArn, task, CancellationToken.None);
            throw;
        }

        return await queue.ConfirmAsync(activityArn, task, CancellationToken.None) && isAwaited;
    }
}
