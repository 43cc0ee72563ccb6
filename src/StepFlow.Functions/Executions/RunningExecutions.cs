using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Logs from time to time how many executions run and how old the oldest is: what the alert of the backlog reads. A search for
/// starts without an end would see no further back than an alert may search.
/// </summary>
internal sealed class RunningExecutions(DurableClients clients, TimeProvider time, ILogger<RunningExecutions> logger)
{
    /// <summary>Asks the back end once, and logs what it says.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        // An execution that has continued as new is an instance of today; its status says when it really started.
        var query = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending], FetchInputsAndOutputs = true };
        DateTimeOffset oldest = time.GetUtcNow();
        string instanceId = FunctionsLogs.None;
        int count = 0;
        await foreach (OrchestrationMetadata instance in clients.Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.Name != ActivityNames.Orchestrator)
            {
                continue;
            }

            count++;
            DateTimeOffset started = InstanceView.Status(instance)?.StartTime ?? instance.CreatedAt;
            (oldest, instanceId) = started < oldest ? (started, instance.InstanceId) : (oldest, instanceId);
        }

        FunctionsLogs.ExecutionsRunning(logger, count, (long)(time.GetUtcNow() - oldest).TotalSeconds, instanceId);
    }
}
