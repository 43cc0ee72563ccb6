using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
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
    private const string Collection = "sweeps";
    private const string Key = "last";
    private const int MaxSuspended = 100;

    /// <summary>Younger starts may still be under way.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Goes through all executions once. What is neither old nor new since the last sweep costs nothing but its place in a listing.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Document? last = await documents.FindAsync(Collection, Key, cancellationToken);
        DateTimeOffset since = last?.Value is JsonString text ? DateTimeOffset.Parse(text.Value, CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
        DateTimeOffset until = now - Settled;
        int removed = 0;
        await foreach (IndexEntry entry in storage.Index.AllAsync(cancellationToken))
        {
            if (settings.Retention is { } retention && entry.StartTime < now - retention)
            {
                removed += await RemoveOldAsync(entry, now - retention, cancellationToken) ? 1 : 0;
            }
            else if (entry.StartTime >= since && entry.StartTime < until)
            {
                await starts.ScheduleAsync(entry.ExecutionArn, cancellationToken);
            }
        }

        await EndInterruptedAsync(since, cancellationToken);
        await ReportSuspendedAsync(cancellationToken);
        await new TableCallDocuments(documents, time).RemoveOldAsync(cancellationToken);
        await documents.WriteAsync(Collection, Key, until.ToString("O", CultureInfo.InvariantCulture), last?.Version, cancellationToken);
        return removed;
    }

    /// <summary>Finds the executions whose orchestrations ended outside of the engine since the last sweep: nobody else may look at them, and parents wait.</summary>
    private async Task EndInterruptedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated] };
        await foreach (OrchestrationMetadata instance in clients.Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.Name == ActivityNames.Orchestrator && instance.LastUpdatedAt >= since
                && await interrupted.FindAsync(instance.InstanceId, cancellationToken) is { } executionArn)
            {
                await host.FindAsync(executionArn, cancellationToken);
            }
        }
    }

    /// <summary>Logs what somebody suspended, as long as it is, and how many there are: alerts read the log, dashboards the gauge.</summary>
    private async Task ReportSuspendedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ExecutionProblem> found = await problems.ListAsync(MaxSuspended, cancellationToken);
        foreach (ExecutionProblem problem in found)
        {
            FunctionsLogs.ExecutionSuspended(logger, problem.ExecutionArn, problem.Since, problem.Reason);
        }

        suspended.Count = found.Count;
    }

    private async Task<bool> RemoveOldAsync(IndexEntry entry, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (await host.FindAsync(entry.ExecutionArn, cancellationToken) is not { } execution)
        {
            // Its record was never made, or was removed by a sweep that then broke off.
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
