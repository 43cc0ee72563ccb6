using Microsoft.Extensions.Logging;

namespace StepFlow.Runtime.Scheduling;

/// <summary>Work that nobody waits for.</summary>
public static class BackgroundTasks
{
    /// <summary>Logs how a task that nobody waits for failed. That it was cancelled is no failure.</summary>
    /// <param name="task">The task.</param>
    /// <param name="logger">Where it is logged.</param>
    /// <param name="purpose">What the task was for, as the end of "Could not …".</param>
    public static void LogFailure(this Task task, ILogger logger, string purpose)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _ = task.ContinueWith(
                ended => RuntimeLogs.BackgroundTaskFailed(logger, ended.Exception!.InnerException!, purpose),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
