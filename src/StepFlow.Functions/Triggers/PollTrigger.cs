using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Executions;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Triggers;

/// <summary>Lets the triggers of the settings (schedules, blobs, queues) look for their causes, every minute.</summary>
internal sealed class PollTrigger(TriggerSet triggers, DurableClients clients)
{
    /// <summary>One look.</summary>
    [Function("Triggers")]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return triggers.PollAsync(cancellationToken);
    }
}
