using Microsoft.DurableTask.Client;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Executions;

/// <summary>Removes executions that ended long ago, with everything that is stored about them.</summary>
internal sealed class OldExecutions(AzureExecutionHost host, ExecutionStorage storage, MapRunStore mapRuns, DurableClients clients, ExecutionActors actors)
{
    /// <summary>Removes executions. A younger one costs only its entry in a listing.</summary>
    /// <param name="before">Those that ended before are removed.</param>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed = 0;
        await foreach (IndexEntry entry in storage.Index.AllAsync(cancellationToken))
        {
            if (entry.StartTime < before)
            {
                removed += await RemoveAsync(entry, before, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    private async Task<bool> RemoveAsync(IndexEntry entry, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (await host.FindAsync(entry.ExecutionArn, cancellationToken) is not { } execution)
        {
            // The record was never created, or an interrupted retention run has deleted it.
            await storage.Index.RemoveAsync(entry.Key, entry.ExecutionArn, null, cancellationToken);
            return false;
        }

        if (execution.StopTime is not { } stopped || stopped >= before)
        {
            return false;
        }

        string arn = execution.Start.ExecutionArn;
        for (int redrive = 0; redrive <= execution.RedriveCount; redrive++)
        {
            await clients.Client.PurgeInstanceAsync(InstanceIds.Of(arn, redrive), new PurgeInstanceOptions(Recursive: true), cancellationToken);
        }

        foreach ((_, MapRunRecord run) in await mapRuns.ByExecution.ListAsync(MapRunStore.Prefix(arn), null, int.MaxValue, cancellationToken))
        {
            await storage.MapRunPages.DeleteAsync(run.Arn, cancellationToken);
        }

        await actors.DeleteAsync(arn, cancellationToken);
        await mapRuns.DeleteAsync(arn, cancellationToken);
        await storage.History.DeleteAsync(arn, cancellationToken);
        await storage.Records.DeleteAsync(arn, cancellationToken);
        await storage.Index.RemoveAsync(entry.Key, arn, execution.Request.ParentExecutionArn, cancellationToken);
        return true;
    }
}
