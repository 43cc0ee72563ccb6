using Microsoft.Azure.Functions.Worker;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Functions.Triggers;

/// <summary>Makes the calls of functions that an instance of the app has stored but not completed, every minute.</summary>
internal sealed class DeferredTrigger(DeferredInvocations invocations)
{
    /// <summary>Makes all due calls.</summary>
    [Function("DeferredInvocations")]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => invocations.RunDueAsync(cancellationToken);
}
