using Microsoft.Extensions.Logging;

namespace StepFlow.Runtime.Scheduling;

/// <summary>Tasks that no code awaits.</summary>
public static class BackgroundTasks
{
    /// <summary>Logs the failure of a task that no code awaits. A cancellation is not a failure.</summary>
    /// <param name="logger">Where it is logged.</param>
    /// <param name="purpose">The purpose of the task, as the end of "Could not …".</param>
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
