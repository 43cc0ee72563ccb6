using Microsoft.DurableTask.Client;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Executions;

/// <summary>Continues executions whose start was interrupted, and ends those whose orchestrations ended by themselves.</summary>
internal sealed class ExecutionRecovery(
    AzureExecutionHost host, OrchestrationStarts starts, InterruptedExecutions interrupted, ExecutionStorage storage, DurableClients clients, TimeProvider time)
{
    /// <summary>
    /// Continues after crashes: finds executions whose records have the status RUNNING but whose orchestrations do not run.
    /// Otherwise nothing might read them, and their parents would wait.
    /// </summary>
    /// <param name="until">Executions that started or ended later may not be completely stored yet.</param>
    public async Task RunAsync(DateTimeOffset until, CancellationToken cancellationToken)
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
                await ContinueAsync(executionArn, until, cancellationToken);
            }
        }
    }

    private async Task ContinueAsync(string executionArn, DateTimeOffset until, CancellationToken cancellationToken)
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
}
