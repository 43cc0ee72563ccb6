using Microsoft.DurableTask;
using StepFlow.Integrations.Processes;
using StepFlow.Runtime.TaskLimits;

namespace StepFlow.Functions.Orchestration;

/// <summary>How Durable Functions repeats an activity that threw: an outage or a bug of ours, never a workflow's failure.</summary>
internal static class ActivityOptions
{
    private const int Attempts = 10;
    private const double Backoff = 2.5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long an activity waits for memory that other tasks use, or for a limit of the settings.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How long a task that waited in vain leaves the instances to others.</summary>
    private static readonly TimeSpan WaitPause = TimeSpan.FromSeconds(30);

    /// <summary>The exceptions of a task that waited without success. They do not count as attempts.</summary>
    private static readonly string?[] WaitedInVain = [typeof(MemoryInUseException).FullName, typeof(TaskDeferredException).FullName];

    /// <summary>Ten attempts over about half an hour.</summary>
    public static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(Attempts, First, Backoff, Longest));

    /// <summary>As <see cref="Retried"/>, but only while the outcome is needed. A wait for a limit does not count as an attempt, and a pause can be ended early.</summary>
    /// <param name="paused">Called before each pause with its length. The returned task ends the pause early.</param>
    /// <param name="left">Cancelled when the outcome is no longer needed.</param>
    public static TaskOptions RetriedUntil(Func<RetryContext, TimeSpan, Task> paused, CancellationToken left)
    {
        int failures = 0;
        return TaskOptions.FromRetryHandler(async Task<bool> (retry) =>
        {
            bool waits = WaitedInVain.Contains(retry.LastFailure.ErrorType);
            failures += waits ? 0 : 1;
            if (failures >= Attempts || left.IsCancellationRequested)
            {
                return false;
            }

            double seconds = First.TotalSeconds * Math.Pow(Backoff, failures - 1);
            TimeSpan length = waits ? WaitPause : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
            using var over = CancellationTokenSource.CreateLinkedTokenSource(left);
            Task pause = retry.OrchestrationContext.CreateTimer(length, over.Token);
            if (await Task.WhenAny(pause, paused(retry, length)) == pause)
            {
                await pause;
            }
            else
            {
                over.Cancel();
            }

            return true;
        });
    }
}
