using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Executions whose orchestration has ended although their record has the status RUNNING. Usually it ended outside the engine: an
/// activity has used up its attempts, the app has a defect, or an operator terminated it. Then the execution is ended here with a last
/// event and a record, and waiting callers are notified. It can be redriven from the last snapshot of its orchestration's
/// input. Or the execution succeeded, and the process that should have stored its end has crashed.
/// </summary>
internal sealed class InterruptedExecutions(
    ExecutionStorage storage, ExecutionEnding ending, HistoryWriter history, MapRunStore mapRuns, DurableClients clients, ILogger<InterruptedExecutions> logger)
{
    private const int MaxMapRuns = 1000;

    /// <summary>Ends an execution whose instance has completed and whose record has the status RUNNING. A repetition changes nothing.</summary>
    /// <param name="stop">Stops an execution that it started.</param>
    /// <returns>Its current record; null if it no longer exists.</returns>
    public async Task<JsonObject?> EndAsync(string executionArn, Func<string, CancellationToken, Task> stop, CancellationToken cancellationToken)
    {
        if (await FindRunningAsync(executionArn, cancellationToken) is { } record
            && await clients.FindAsync(RecordJson.Instance(record), cancellationToken) is { IsCompleted: true } instance
            && instance.ReadInputAs<ExecutionInput>() is { } input

            // The record is read again after the instance, because the engine may have stored the end in the meantime.
            && await FindRunningAsync(executionArn, cancellationToken) is { } present
            && RecordJson.Instance(present) == instance.InstanceId)
        {
            await (InstanceView.End(instance) is { } end
                ? ending.EndCompletedAsync(end, cancellationToken)
                : EndAsync(executionArn, instance, input, stop, cancellationToken));
        }

        return (await storage.Records.FindAsync(executionArn, cancellationToken))?.Record;
    }

    private async Task<JsonObject?> FindRunningAsync(string executionArn, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _) && RecordJson.Status(record) == ExecutionStatus.Running ? record : null;

    private async Task EndAsync(
        string executionArn, OrchestrationMetadata instance, ExecutionInput input, Func<string, CancellationToken, Task> stop, CancellationToken cancellationToken)
    {
        ExecutionEnd end = await EndOfAsync(executionArn, instance, input, cancellationToken);
        await EndMapRunsAsync(end, cancellationToken);
        await NotifyAsync(instance.InstanceId, input, end.Status, cancellationToken);
        await ending.EndAsync(end, stop, cancellationToken);
        FunctionsLogs.ExecutionInterrupted(
            logger, end.Status.ToString(), executionArn, instance.InstanceId, instance.RuntimeStatus.ToString(), instance.FailureDetails?.ErrorMessage ?? FunctionsLogs.None);
    }

    /// <summary>How it ends. The same each time: its time is the instance's.</summary>
    private async Task<ExecutionEnd> EndOfAsync(string arn, OrchestrationMetadata instance, ExecutionInput input, CancellationToken cancellationToken)
    {
        await history.StoreAsync(arn, input.UnsavedHistory, cancellationToken);

        string definition = (await storage.ReadTextAsync(input.Definition, cancellationToken))!;
        var execution = WorkflowExecution.Restore(CompiledMachines.Get(definition), await storage.ReadSnapshotAsync(input.Snapshot, cancellationToken));
        Turn redriven = input.RedriveTime is { } time ? execution.Advance(new Redrive(time)) : new([], []);
        long stored = (await storage.History.ReadAsync(arn, cancellationToken)).Count;
        bool isTerminated = instance.RuntimeStatus == OrchestrationRuntimeStatus.Terminated;
        Turn last = execution.EndByHost(
            instance.LastUpdatedAt,
            isTerminated ? ExecutionStatus.Aborted : ExecutionStatus.Failed,
            isTerminated ? null : HostErrors.HostFailure,
            isTerminated ? null : instance.FailureDetails?.ErrorMessage,
            stored);
        HistoryEvent[] events = [.. redriven.Events.Where(e => e.Id > stored), .. last.Events];
        List<HistoryChunk> chunks = HistoryBuffer.Chunks(events);
        await history.StoreAsync(arn, [.. chunks.SkipLast(1)], cancellationToken);
        return new()
        {
            ExecutionArn = arn,
            InstanceId = instance.InstanceId,
            Status = execution.Status,
            StopTime = execution.StopTime ?? execution.Now,
            Error = execution.Error?.Name,
            Cause = await storage.StoreTextAsync(execution.Error?.Cause, cancellationToken),
            EventCount = execution.EventCount,
            RedriveCount = execution.RedriveCount,
            RedriveTime = execution.RedriveTime,
            Snapshot = await storage.StoreAsync(execution.Capture(), cancellationToken),
            History = chunks[^1],
        };
    }

    /// <summary>The Map Runs of the execution end with it. Running orchestrations of Map Runs receive an event to stop, and stop their children.</summary>
    private async Task EndMapRunsAsync(ExecutionEnd end, CancellationToken cancellationToken)
    {
        foreach ((_, MapRunRecord run) in await mapRuns.ByExecution.ListAsync(MapRunStore.Prefix(end.ExecutionArn), null, MaxMapRuns, cancellationToken))
        {
            if (run is not { Status: MapRunRecord.Running, Runner: { } runner })
            {
                continue;
            }

            if (!await clients.TryRaiseAsync(runner, EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop, Time = end.StopTime }, cancellationToken))
            {
                string status = end.Status == ExecutionStatus.Aborted ? MapRunRecord.Aborted : MapRunRecord.Failed;
                await mapRuns.SaveAsync(
                    run, stored => stored.Status == MapRunRecord.Running ? stored with { Status = status, StopDate = end.StopTime } : stored, cancellationToken);
            }
        }
    }

    /// <summary>Notifies waiting callers before the record is written. Afterwards the execution would not be found here again.</summary>
    private async Task NotifyAsync(string instanceId, ExecutionInput input, ExecutionStatus status, CancellationToken cancellationToken)
    {
        if (input.NotifyInstance is { } waiting)
        {
            await clients.TryRaiseAsync(waiting, EventNames.Child(instanceId), new TaskEvent { Kind = TaskEventKind.Succeeded }, cancellationToken);
        }

        if (input.MapChild is { } child)
        {
            await clients.TryRaiseAsync(child.InstanceId, EventNames.EndedChild, new EndedChild(child.Index, status, child.Items), cancellationToken);
        }
    }
}
