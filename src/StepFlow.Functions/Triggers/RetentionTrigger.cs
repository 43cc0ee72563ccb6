using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Executions;

namespace StepFlow.Functions.Triggers;

/// <summary>Logs the age of the oldest execution, deletes old executions, and continues interrupted starts, every quarter of an hour.</summary>
internal sealed class RetentionTrigger(Retention retention, RunningExecutions running, DurableClients clients, ILogger<RetentionTrigger> logger)
{
    [Function("Retention")]
    public async Task RunAsync(
        [TimerTrigger("0 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        await running.ReportAsync(cancellationToken);
        int removed = await retention.RunAsync(cancellationToken);
        FunctionsLogs.ExecutionsRemoved(logger, removed, timer.IsPastDue);
    }
}
