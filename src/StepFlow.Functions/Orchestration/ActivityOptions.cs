using Microsoft.DurableTask;

namespace StepFlow.Functions.Orchestration;

/// <summary>How Durable Functions repeats an activity that threw: an outage or a bug of ours, never a workflow's failure.</summary>
internal static class ActivityOptions
{
    private const int Attempts = 10;

    /// <summary>Ten attempts over about half an hour.</summary>
    public static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(new RetryPolicy(
        Attempts,
        firstRetryInterval: TimeSpan.FromSeconds(2),
        backoffCoefficient: 2.5,
        maxRetryInterval: TimeSpan.FromMinutes(10)));
}
