using Microsoft.Azure.Functions.Worker;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Functions.Triggers;

/// <summary>Makes calls of functions that an instance of the app kept and did not end, every minute.</summary>
internal sealed class DeferredTrigger(DeferredInvocations invocations)
{
    /// <summary>One look.</summary>
    [Function("DeferredInvocations")]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => invocations.RunDueAsync(cancellationToken);
}
