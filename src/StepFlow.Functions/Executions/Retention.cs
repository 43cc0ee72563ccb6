using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Problems;
using StepFlow.Service.Configuration;

namespace StepFlow.Functions.Executions;

/// <summary>Removes executions that ended long ago, takes up those whose start was interrupted, and ends those whose orchestrations ended by themselves.</summary>
internal sealed class Retention(
    AzureExecutionHost host,
    OrchestrationStarts starts,
    InterruptedExecutions interrupted,
    ExecutionStorage storage,
    MapRunStore mapRuns,
    IDocumentStore documents,
    DurableClients clients,
    IExecutionProblems problems,
    SuspendedExecutions suspended,
    ExecutionActors actors,
    ServiceSettings settings,
    TimeProvider time,
    ILogger<Retention> logger)
{
    private const int MaxSuspended = 100;

    /// <summary>Younger starts may not be complete yet.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Visits all executions once. An execution that is neither old nor running costs only its entry in a listing.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await TakeUpAsync(now - Settled, cancellationToken);
        int removed = settings.Retention is { } retention ? await RemoveOldAsync(now - retention, cancellationToken) : 0;
        await ReportSuspendedAsync(cancellationToken);
        await new TableCallDocuments(documents, time).RemoveOldAsync(cancellationToken);
        return removed;
    }

    /// <summary>
    /// Continues after crashes: finds executions whose records have the status RUNNING but whose orchestrations do not run.
    /// Otherwise nothing might read them, and their parents would wait. Younger ones may not be complete yet.
    /// </summary>
    private async Task TakeUpAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        // The records are read before the instances, so an execution that starts in between is only in the second list.
        var unfinished = new List<(string ExecutionArn, string? Instance)>();
        await foreach ((string ExecutionArn, string? Instance) execution in storage.Records.RunningAsync(cancellationToken))
        {
            unfinished.Add(execution);
        }

        var running = new HashSet<string>(StringComparer.Ordinal);
        var query = new OrchestrationQuery
        {
            Statuses = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended],
        };
        await foreach (OrchestrationMetadata instance in clients.Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            running.Add(instance.InstanceId);
        }

        foreach ((string executionArn, string? instance) in unfinished)
        {
            if (instance is null || !running.Contains(instance))
            {
                await TakeUpAsync(executionArn, until, cancellationToken);
            }
        }
    }

    private async Task TakeUpAsync(string executionArn, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, etag))
        {
            return;
        }

        if (RecordJson.Status(record) != ExecutionStatus.Running)
        {
            await storage.Records.WriteMetadataAsync(executionArn, record, etag, cancellationToken);
        }
        else if (await clients.Client.GetInstanceAsync(RecordJson.Instance(record), cancellationToken) is not { } instance)
        {
            if ((RecordJson.RedriveTime(record) ?? RecordJson.Read(record).Start.StartTime) < until)
            {
                await starts.ScheduleAsync(executionArn, cancellationToken);
            }
        }
        else if (instance.IsCompleted && (instance.RuntimeStatus != OrchestrationRuntimeStatus.Completed || instance.LastUpdatedAt < until))
        {
            await interrupted.EndAsync(executionArn, (child, token) => host.SignalAsync(child, new Stop(time.GetUtcNow(), null, null), token), cancellationToken);
        }
    }

    private async Task<int> RemoveOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed = 0;
        await foreach (IndexEntry entry in storage.Index.AllAsync(cancellationToken))
        {
            if (entry.StartTime < before)
            {
                removed += await RemoveOldAsync(entry, before, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    /// <summary>Logs suspended orchestrations as long as they are suspended, and their number. Alerts read the log, dashboards the gauge.</summary>
    private async Task ReportSuspendedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ExecutionProblem> found = await problems.ListAsync(MaxSuspended, cancellationToken);
        foreach (ExecutionProblem problem in found)
        {
            FunctionsLogs.ExecutionSuspended(logger, problem.ExecutionArn, problem.Since, problem.Reason);
        }

        suspended.Report(found.Count);
    }

    private async Task<bool> RemoveOldAsync(IndexEntry entry, DateTimeOffset before, CancellationToken cancellationToken)
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
