using Microsoft.DurableTask;

namespace StepFlow.Functions.Orchestration;

/// <summary>How Durable Functions repeats an activity that threw: an outage or a bug of ours, never a workflow's failure.</summary>
internal static class ActivityOptions
{
    private const int Attempts = 10;
    private const double Backoff = 2.5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Ten attempts over about half an hour.</summary>
    public static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(Attempts, First, Backoff, Longest));

    /// <summary>As <see cref="Retried"/>, but only while somebody waits for it.</summary>
    /// <param name="left">Cancelled when nobody does any more.</param>
    public static TaskOptions RetriedUntil(CancellationToken left) => TaskOptions.FromRetryHandler(async Task<bool> (retry) =>
    {
        if (retry.LastAttemptNumber >= Attempts || left.IsCancellationRequested)
        {
            return false;
        }

        double seconds = First.TotalSeconds * Math.Pow(Backoff, retry.LastAttemptNumber - 1);
        await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds)), left);
        return true;
    });
}
