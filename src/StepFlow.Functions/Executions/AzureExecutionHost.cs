using Microsoft.DurableTask.Client;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Executions;

/// <summary>
/// Executions on Azure. A record blob reserves the name and is stored longer than the orchestration, an orchestration runs the
/// execution, and an append blob has its history.
/// </summary>
/// <param name="express">The Express children of Map Runs, which have neither record nor orchestration.</param>
/// <param name="interrupted">Ends executions whose orchestrations ended by themselves.</param>
/// <param name="ending">Shows how the end of a completed instance will be stored.</param>
/// <param name="history">Reads history that is not stored yet.</param>
internal sealed class AzureExecutionHost(
    DurableClients clients, ExecutionStorage storage, OrchestrationStarts starts, ExpressMapChildren express, InterruptedExecutions interrupted, ExecutionEnding ending, HistoryWriter history, TimeProvider time) : IExecutionHost
{
    private DurableTaskClient Client => clients.Client;

    public async Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (await starts.StartAsync(request, null, cancellationToken) is { } created)
        {
            return new(RecordJson.Read(created), true);
        }

        ExecutionRecord found = await FindAsync(request.Start.ExecutionArn, cancellationToken)
            ?? throw new InvalidOperationException($"The record of {request.Start.ExecutionArn} was deleted while it was started.");
        return new(found, false);
    }

    public async Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (json, _))
        {
            return await express.FindAsync(executionArn, cancellationToken);
        }

        return await ViewAsync(json, cancellationToken);
    }

    public async Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        if (await express.ListAsync(query, cancellationToken) is { } children)
        {
            return children;
        }

        var found = new List<ExecutionRecord>();
        string? after = query.After;
        do
        {
            (IReadOnlyList<IndexEntry> entries, after) = await storage.Index.ListAsync(query, after, query.Count - found.Count, cancellationToken);
            ExecutionRecord?[] records = await Task.WhenAll(entries.Where(e => e.Matches(query)).Select(e => FindAsync(e, cancellationToken)));
            found.AddRange(records.OfType<ExecutionRecord>().Where(record =>
                (query.Status is null || record.Status == query.Status)
                && (query.Redriven is null || record.RedriveCount > 0 == query.Redriven)));
        }
        while (after is not null && found.Count < query.Count);
        return new([.. found.Select(ExecutionSummary.Of)], after);
    }

    public async Task<HistoryPage> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEvent> events = await storage.History.ReadAsync(executionArn, cancellationToken);
        if (events is not [.., { Type: HistoryEventType.ExecutionSucceeded }])
        {
            events = await UnfinishedAsync(executionArn, cancellationToken);
        }

        return HistoryPage.Of(events, after, count, reverse);
    }

    public async Task<bool> SignalAsync(string executionArn, Signal signal, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _))
        {
            return false;
        }

        bool running = RecordJson.Status(record) == ExecutionStatus.Running;
        switch (signal)
        {
            case Redrive when running && !await EndIfInterruptedAsync(record, cancellationToken):
                return false;
            case Redrive redrive:
                return await starts.RedriveAsync(executionArn, redrive.Time, cancellationToken);
            case var _ when !running:
                return false;
            case Stop stop:
                return await StopAsync(record, stop, cancellationToken);
            case TaskStarted started:
                return await RaiseAsync(record, started.TaskId, new() { Kind = TaskEventKind.Started, Time = started.Time, WorkerName = started.WorkerName }, cancellationToken);
            case TaskHeartbeat beat:
                return await RaiseAsync(record, beat.TaskId, new() { Kind = TaskEventKind.Heartbeat, Time = beat.Time }, cancellationToken);
            case TaskSucceeded done:
                Payload output = await storage.StoreAsync(done.Output, cancellationToken);
                return await RaiseAsync(record, done.TaskId, new() { Kind = TaskEventKind.Succeeded, Time = done.Time, Output = output }, cancellationToken);
            case TaskFailed failed:
                Payload? cause = await storage.StoreTextAsync(failed.Cause, cancellationToken);
                return await RaiseAsync(record, failed.TaskId, new() { Kind = TaskEventKind.Failed, Time = failed.Time, Error = failed.Error, Cause = cause }, cancellationToken);
            default:
                throw new InvalidOperationException($"{signal.GetType().Name} cannot be sent to an orchestration.");
        }
    }

    public async Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (json, _))
        {
            return null;
        }

        if (RecordJson.Status(json) == ExecutionStatus.Running)
        {
            await Client.WaitForInstanceCompletionAsync(RecordJson.Instance(json), cancellationToken);
        }

        return await FindAsync(executionArn, cancellationToken);
    }

    /// <summary>
    /// The history of an execution that may not be completely stored. The rest is in its first turn, which is always
    /// the same, and in its completed instance. The instance is read before the stored part.
    /// </summary>
    private async Task<IReadOnlyList<HistoryEvent>> UnfinishedAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _))
        {
            return await express.HistoryAsync(executionArn, cancellationToken);
        }

        var others = new List<HistoryChunk>();
        if (RecordJson.Status(record) == ExecutionStatus.Running)
        {
            others.AddRange(OrchestrationStarts.FirstHistory(record));
            if (await clients.FindAsync(RecordJson.Instance(record), cancellationToken) is { } instance && InstanceView.End(instance) is { } end)
            {
                others.AddRange(await history.FillAsync(end.AllHistory, cancellationToken));
            }
        }

        return await storage.History.ReadAsync(executionArn, others, cancellationToken);
    }

    /// <summary>The execution of an index entry. Null if there is none, or if the entry belongs to a start that lost a race for the name.</summary>
    private async Task<ExecutionRecord?> FindAsync(IndexEntry entry, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(entry.ExecutionArn, cancellationToken) is var (json, _) && RecordJson.IndexKey(json) == entry.Key
            ? await ViewAsync(json, cancellationToken)
            : null;

    private async Task<ExecutionRecord> ViewAsync(JsonObject json, CancellationToken cancellationToken)
    {
        ExecutionRecord record = RecordJson.Read(json);
        if (record.Status != ExecutionStatus.Running
            || await clients.FindAsync(RecordJson.Instance(json), cancellationToken) is not { } instance)
        {
            return record;
        }

        if (!instance.IsCompleted)
        {
            return record with { EventCount = Math.Max(record.EventCount, InstanceView.Status<ProgressStatus>(instance)?.Events ?? 0) };
        }

        if (InstanceView.End(instance) is { } end)
        {
            return RecordJson.Read(await ending.ViewAsync(json, end, cancellationToken));
        }

        return await interrupted.EndAsync(record.Start.ExecutionArn, StopAsync, cancellationToken) is { } ended ? RecordJson.Read(ended) : record;
    }

    /// <summary>Ends an execution whose orchestration has ended by itself; whether it has.</summary>
    private async Task<bool> EndIfInterruptedAsync(JsonObject record, CancellationToken cancellationToken) =>
        await Client.GetInstanceAsync(RecordJson.Instance(record), cancellationToken) is { IsCompleted: true }
        && await interrupted.EndAsync(RecordJson.Read(record).Start.ExecutionArn, StopAsync, cancellationToken) is not null;

    private Task StopAsync(string executionArn, CancellationToken cancellationToken) =>
        SignalAsync(executionArn, new Stop(time.GetUtcNow(), null, null), cancellationToken);

    private async Task<bool> StopAsync(JsonObject record, Stop stop, CancellationToken cancellationToken)
    {
        string instanceId = RecordJson.Instance(record);
        if (await EndIfInterruptedAsync(record, cancellationToken))
        {
            return false;
        }

        Payload? cause = await storage.StoreTextAsync(stop.Cause, cancellationToken);
        await Client.RaiseEventAsync(
            instanceId, EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop, Time = stop.Time, Error = stop.Error, Cause = cause }, cancellationToken);
        return true;
    }

    private async Task<bool> RaiseAsync(JsonObject record, string taskId, TaskEvent happened, CancellationToken cancellationToken)
    {
        string instanceId = RecordJson.Instance(record);
        if (!InstanceView.MayWaitFor(await clients.FindAsync(instanceId, cancellationToken), taskId))
        {
            return false;
        }

        bool counts = true;
        if (happened.Kind is TaskEventKind.Succeeded or TaskEventKind.Failed)
        {
            (happened, counts) = await storage.TaskResults.ClaimAsync(instanceId, taskId, happened, cancellationToken);
        }

        await Client.RaiseEventAsync(instanceId, EventNames.Task(taskId), happened, cancellationToken);
        return counts;
    }
}
