using Microsoft.DurableTask;
using StepFlow.Integrations.Processes;

namespace StepFlow.Functions.Orchestration;

/// <summary>How Durable Functions repeats an activity that threw: an outage or a bug of ours, never a workflow's failure.</summary>
internal static class ActivityOptions
{
    private const int Attempts = 10;
    private const double Backoff = 2.5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long an activity waits until programs of other tasks give memory back.</summary>
    public static readonly TimeSpan LongestMemoryWait = TimeSpan.FromSeconds(30);

    /// <summary>How long a task whose program found no memory leaves the instances to others.</summary>
    private static readonly TimeSpan MemoryPause = TimeSpan.FromSeconds(30);

    /// <summary>Ten attempts over about half an hour.</summary>
    public static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(Attempts, First, Backoff, Longest));

    /// <summary>As <see cref="Retried"/>, but only while somebody waits for it; a wait for memory is no attempt, and a pause can be cut short.</summary>
    /// <param name="paused">Told of each pause before it begins, with its length; gives what ends it early.</param>
    /// <param name="left">Cancelled when nobody waits any more.</param>
    public static TaskOptions RetriedUntil(Func<RetryContext, TimeSpan, Task> paused, CancellationToken left)
    {
        int failures = 0;
        return TaskOptions.FromRetryHandler(async Task<bool> (retry) =>
        {
            bool waits = retry.LastFailure.ErrorType == typeof(MemoryInUseException).FullName;
            failures += waits ? 0 : 1;
            if (failures >= Attempts || left.IsCancellationRequested)
            {
                return false;
            }

            double seconds = First.TotalSeconds * Math.Pow(Backoff, failures - 1);
            TimeSpan length = waits ? MemoryPause : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
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
