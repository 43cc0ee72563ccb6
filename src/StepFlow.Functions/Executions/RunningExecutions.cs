using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Logs regularly the number of running executions and the age of the oldest one. The alert for the backlog reads it. Searching the log for
/// starts without an end would be limited to the period that an alert can search.
/// </summary>
internal sealed class RunningExecutions(DurableClients clients, TimeProvider time, ILogger<RunningExecutions> logger)
{
    /// <summary>Queries the back end once, and logs the result.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        // An execution that has continued as new has an instance of today. Its status has the real start time.
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
