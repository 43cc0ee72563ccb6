using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Service.Ports;
using RequestFailedException = Azure.RequestFailedException;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// Executions on Azure: a record blob claims the name and outlives the orchestration, an orchestration runs it, an
/// append blob holds its history.
/// </summary>
/// <param name="clients">Durable Functions.</param>
/// <param name="storage">The blobs.</param>
/// <param name="time">The clock of signals' answers.</param>
internal sealed class AzureExecutionHost(DurableClients clients, ExecutionStorage storage, TimeProvider time) : IExecutionHost
{
    private DurableTaskClient Client => clients.Client;

    /// <inheritdoc/>
    public async Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        string arn = request.Start.ExecutionArn;
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(ExecutionStarts.Machine(new JsonString(request.Definition), null), request.Start);
        JsonObject record = RecordJson.Create(request, execution, InstanceIds.Of(arn));
        bool created = await storage.Records.TryCreateAsync(arn, record, cancellationToken);
        if (created)
        {
            await storage.Index.CreateAsync(request.Start, cancellationToken);
            foreach (Activities.HistoryChunk chunk in HistoryBuffer.Chunks(turn.Events))
            {
                await storage.History.AppendAsync(arn, chunk, cancellationToken);
            }
        }

        await ScheduleAsync(arn, cancellationToken);
        ExecutionRecord found = await FindAsync(arn, cancellationToken)
            ?? throw new InvalidOperationException($"The record of {arn} was deleted while it was started.");
        return new(found, created);
    }

    /// <inheritdoc/>
    public async Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (json, _))
        {
            return null;
        }

        ExecutionRecord record = RecordJson.Read(json);
        if (record.Status != ExecutionStatus.Running)
        {
            return record;
        }

        OrchestrationMetadata? instance = await Client.GetInstanceAsync(RecordJson.Instance(json), getInputsAndOutputs: true, cancellationToken);
        return instance switch
        {
            { RuntimeStatus: OrchestrationRuntimeStatus.Failed, FailureDetails: { } failure } => record with
            {
                // Not the workflow's failure: an outage or a bug that outlived every repetition.
                Status = ExecutionStatus.Failed,
                Error = HostErrors.HostFailure,
                Cause = failure.ErrorMessage,
                StopTime = instance.LastUpdatedAt,
            },
            { RuntimeStatus: OrchestrationRuntimeStatus.Terminated } => record with
            {
                Status = ExecutionStatus.Aborted,
                StopTime = instance.LastUpdatedAt,
            },
            { SerializedCustomStatus: not null, DataConverter: not null } => record with
            {
                EventCount = instance.ReadCustomStatusAs<ProgressStatus>()?.Events ?? record.EventCount,
            },
            _ => record,
        };
    }

    /// <inheritdoc/>
    public async Task<Page<ExecutionRecord>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        var found = new List<ExecutionRecord>();
        string? after = query.After;
        do
        {
            (IReadOnlyList<IndexEntry> entries, after) = await storage.Index.ListAsync(query, after, query.Count - found.Count, cancellationToken);
            foreach (IndexEntry entry in entries.Where(e => e.Matches(query)))
            {
                if (await FindAsync(entry.ExecutionArn, cancellationToken) is { } record && (query.Status is null || record.Status == query.Status))
                {
                    found.Add(record);
                }
            }
        }
        while (after is not null && found.Count < query.Count);
        return new(found, after);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEvent> events = await storage.History.ReadAsync(executionArn, cancellationToken);
        IEnumerable<HistoryEvent> ordered = reverse
            ? events.Reverse().Where(e => after is null || e.Id < after)
            : events.Where(e => after is null || e.Id > after);
        return [.. ordered.Take(count)];
    }

    /// <inheritdoc/>
    public async Task<bool> SignalAsync(string executionArn, Func<DateTimeOffset, Signal> signal, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _))
        {
            return false;
        }

        Signal told = signal(time.GetUtcNow());
        bool running = RecordJson.Status(record) == ExecutionStatus.Running;
        return told switch
        {
            Redrive when running => false,
            Redrive => await RedriveAsync(executionArn, cancellationToken),
            _ when !running => false,
            Stop stop => await RaiseAsync(record, EventNames.Stop, new() { Kind = TaskEventKind.Stop, Error = stop.Error, Cause = stop.Cause }, cancellationToken),
            TaskStarted started => await TellAsync(record, started.TaskId, new() { Kind = TaskEventKind.Started, WorkerName = started.WorkerName }, cancellationToken),
            TaskHeartbeat beat => await TellAsync(record, beat.TaskId, new() { Kind = TaskEventKind.Heartbeat }, cancellationToken),
            TaskSucceeded done => await TellAsync(
                record, done.TaskId, new() { Kind = TaskEventKind.Succeeded, Output = await storage.KeepAsync(done.Output, cancellationToken) }, cancellationToken),
            TaskFailed failed => await TellAsync(
                record, failed.TaskId, new() { Kind = TaskEventKind.Failed, Error = failed.Error, Cause = failed.Cause }, cancellationToken),
            _ => throw new InvalidOperationException($"{told.GetType().Name} does not come from outside an orchestration."),
        };
    }

    /// <inheritdoc/>
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

    /// <summary>Schedules the orchestration of a record unless it was: also that of a claim whose schedule was lost.</summary>
    internal async Task ScheduleAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _)
            || RecordJson.Status(record) != ExecutionStatus.Running)
        {
            return;
        }

        string instanceId = RecordJson.Instance(record);
        if (await Client.GetInstanceAsync(instanceId, cancellationToken) is not null)
        {
            return;
        }

        var input = new ExecutionInput
        {
            Definition = await storage.KeepAsync(new JsonString(RecordJson.Definition(record)), cancellationToken),
            Snapshot = await storage.KeepAsync(RecordJson.Snapshot(record), cancellationToken),
            MockTestCase = RecordJson.MockTestCase(record),
            Redrive = RecordJson.RedriveCount(record) > 0,
            NotifyInstance = await ParentInstanceAsync(record, cancellationToken),
        };
        var options = new Microsoft.DurableTask.StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(Activities.ActivityNames.Orchestrator, input, options, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or RequestFailedException { Status: 409 })
        {
            // Somebody else took the claim up at the same moment: the instance is there.
        }
    }

    private async Task<string?> ParentInstanceAsync(JsonObject record, CancellationToken cancellationToken) =>
        RecordJson.Read(record).ParentExecutionArn is { } parent
        && await storage.Records.FindAsync(parent, cancellationToken) is var (parentRecord, _)
            ? RecordJson.Instance(parentRecord)
            : null;

    private async Task<bool> TellAsync(JsonObject record, string taskId, TaskEvent happened, CancellationToken cancellationToken)
    {
        string instanceId = RecordJson.Instance(record);
        OrchestrationMetadata? instance = await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        ProgressStatus? status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<ProgressStatus>();
        if (instance is null || instance.IsCompleted || (status is not null && !status.MayWaitFor(taskId)))
        {
            return false;
        }

        // The first answer counts: whoever creates the claim gives it.
        bool answers = happened.Kind is TaskEventKind.Succeeded or TaskEventKind.Failed;
        return (!answers || await storage.ClaimAnswerAsync(instanceId, taskId, cancellationToken))
            && await RaiseAsync(record, EventNames.Task(taskId), happened, cancellationToken);
    }

    private async Task<bool> RaiseAsync(JsonObject record, string eventName, TaskEvent happened, CancellationToken cancellationToken)
    {
        await Client.RaiseEventAsync(RecordJson.Instance(record), eventName, happened, cancellationToken);
        return true;
    }

    /// <summary>A redrive is a new orchestration that restores the failed execution's snapshot.</summary>
    private async Task<bool> RedriveAsync(string executionArn, CancellationToken cancellationToken)
    {
        bool redriven = false;
        await storage.Records.ChangeAsync(
            executionArn,
            record =>
            {
                redriven = RecordJson.Status(record) is not (ExecutionStatus.Running or ExecutionStatus.Succeeded);
                return redriven ? RecordJson.Redriven(record, InstanceIds.Of(executionArn, RecordJson.RedriveCount(record) + 1), time.GetUtcNow()) : record;
            },
            cancellationToken);
        if (redriven)
        {
            await ScheduleAsync(executionArn, cancellationToken);
        }

        return redriven;
    }
}
