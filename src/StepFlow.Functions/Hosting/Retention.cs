using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Service.Ports;

namespace StepFlow.Functions.Hosting;

/// <summary>Removes executions that ended long ago, and takes up those whose start was interrupted.</summary>
internal sealed class Retention(AzureExecutionHost host, ExecutionStorage storage, DurableClients clients, TimeProvider time)
{
    /// <summary>How long an execution is kept after its end: as long as Step Functions keeps it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Goes through all executions once.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int removed = 0;
        string? after = null;
        do
        {
            Page<ExecutionRecord> page = await host.ListAsync(new() { After = after, Count = 200 }, cancellationToken);
            foreach (ExecutionRecord execution in page.Items)
            {
                if (execution.StopTime is { } stopped && now - stopped > Kept)
                {
                    await RemoveAsync(execution, cancellationToken);
                    removed++;
                }
                else if (execution.Status == ExecutionStatus.Running && now - execution.Start.StartTime > Settled)
                {
                    await host.ScheduleAsync(execution.Start.ExecutionArn, cancellationToken);
                }
            }

            after = page.Next;
        }
        while (after is not null);
        return removed;
    }

    private async Task RemoveAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        string arn = execution.Start.ExecutionArn;
        for (int redrive = 0; redrive <= execution.RedriveCount; redrive++)
        {
            await clients.Client.PurgeInstanceAsync(InstanceIds.Of(arn, redrive), new PurgeInstanceOptions(Recursive: true), cancellationToken);
        }

        await storage.History.DeleteAsync(arn, cancellationToken);
        await storage.Records.DeleteAsync(arn, cancellationToken);
        await storage.Index.DeleteAsync(execution.Start, cancellationToken);
    }
}
