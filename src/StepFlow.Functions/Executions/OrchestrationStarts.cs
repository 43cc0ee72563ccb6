using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using StepFlow.Execution.Commands;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Definitions;
using RequestFailedException = Azure.RequestFailedException;

namespace StepFlow.Functions.Executions;

/// <summary>Starts the orchestrations of executions: each record's, once.</summary>
internal sealed class OrchestrationStarts(DurableClients clients, ExecutionStorage storage, ExecutionNotifier notifier, ExecutionEnding ending, TimeProvider time)
{
    /// <summary>Claims the execution's name, and schedules its orchestration. A claim whose schedule was lost is taken up.</summary>
    /// <param name="child">The Map Run that waits for the end of this child; null for other executions.</param>
    /// <returns>The record that this start created; null if there was one.</returns>
    public async Task<JsonObject?> StartAsync(ExecutionRequest request, MapChild? child, CancellationToken cancellationToken)
    {
        request = request with { Start = WithoutRepeatedText(request.Start) };
        string arn = request.Start.ExecutionArn;
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.StartBriefly(CompiledMachines.Get(request.Definition), request.Start);
        request = request with { Start = execution.StartedWith };

        // All in parallel. If a crash leaves only the record, the next start or retention run adds the index entry. The payloads of the
        // orchestration's input are named by their content, so they can be stored before the name is reserved.
        string indexKey = ExecutionIndex.Key(request.Start);
        JsonObject record = RecordJson.Create(request, execution.Capture(), InstanceIds.Of(arn), indexKey, child);
        var first = FirstHistoryOf(turn);
        Task indexed = storage.Index.AddAsync(indexKey, request.Start, child is null ? request.ParentExecutionArn : null, cancellationToken);
        Task<bool> created = storage.Records.TryCreateAsync(arn, record, cancellationToken);
        Task<ExecutionInput> input = InputAsync(record, first.Attached, cancellationToken);
        await Task.WhenAll(indexed, created, input);
        if (!await created)
        {
            await storage.Index.RemoveAsync(indexKey, arn, null, cancellationToken);
            await ScheduleAsync(arn, cancellationToken);
            return null;
        }

        await BeginAsync(record, first, await input, cancellationToken);
        return record;
    }

    /// <summary>Schedules the orchestration of a record unless it was.</summary>
    public async Task ScheduleAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _)
            || RecordJson.Status(record) != ExecutionStatus.Running
            || await clients.Client.GetInstanceAsync(RecordJson.Instance(record), cancellationToken) is not null)
        {
            return;
        }

        ExecutionRecord execution = RecordJson.Read(record);
        if (execution.RedriveCount > 0)
        {
            await ScheduleAsync(record, cancellationToken);
            return;
        }

        await storage.Index.AddAsync(RecordJson.IndexKey(record), execution.Start, RecordJson.MapChild(record) is null ? RecordJson.Parent(record) : null, cancellationToken);
        var first = FirstHistoryOf(FirstTurn(execution));
        await BeginAsync(record, first, await InputAsync(record, first.Attached, cancellationToken), cancellationToken);
    }

    /// <summary>The history of the first turn of an execution, stored or not. Empty for a redriven execution, whose history is stored.</summary>
    public static IReadOnlyList<HistoryChunk> FirstHistory(JsonObject record) =>
        RecordJson.RedriveCount(record) > 0 ? [] : HistoryBuffer.Chunks(FirstTurn(RecordJson.Read(record)).Events);

    /// <summary>A redrive is a new orchestration that restores the failed execution's snapshot.</summary>
    /// <returns>Whether the execution could be redriven.</returns>
    public Task<bool> RedriveAsync(string executionArn, DateTimeOffset redriveTime, CancellationToken cancellationToken) =>
        RedriveAsync(executionArn, redriveTime, null, cancellationToken);

    /// <summary>Redrives a child of a redriven Map Run, unless it has succeeded. A repetition changes nothing.</summary>
    /// <returns>Its record; null where it never ran.</returns>
    /// <exception cref="InvalidOperationException">It still runs, from before the redrive: to be tried again until it has ended.</exception>
    public async Task<JsonObject?> RedriveChildAsync(string executionArn, MapChild child, CancellationToken cancellationToken)
    {
        if (await storage.Records.FindAsync(executionArn, cancellationToken) is not var (record, _))
        {
            return null;
        }

        if (RecordJson.MapChild(record) == child)
        {
            await ScheduleAsync(executionArn, cancellationToken);
            return record;
        }

        if (RecordJson.Status(record) == ExecutionStatus.Running)
        {
            if (await clients.FindAsync(RecordJson.Instance(record), cancellationToken) is { } instance && InstanceView.End(instance) is { } end)
            {
                return await ending.ViewAsync(record, end, cancellationToken);
            }

            throw new InvalidOperationException($"{executionArn} has not ended yet.");
        }

        await RedriveAsync(executionArn, time.GetUtcNow(), child, cancellationToken);
        return (await storage.Records.FindAsync(executionArn, cancellationToken))?.Record;
    }

    private async Task<bool> RedriveAsync(string executionArn, DateTimeOffset redriveTime, MapChild? child, CancellationToken cancellationToken)
    {
        bool redriven = false;
        JsonObject? changed = await storage.Records.ChangeAsync(
            executionArn,
            record =>
            {
                redriven = RecordJson.Status(record) is not (ExecutionStatus.Running or ExecutionStatus.Succeeded);
                return redriven
                    ? RecordJson.Redriven(record, InstanceIds.Of(executionArn, RecordJson.RedriveCount(record) + 1), redriveTime, child)
                    : record;
            },
            cancellationToken);
        if (changed is not null && redriven)
        {
            await ScheduleAsync(changed, cancellationToken);
        }

        return redriven;
    }

    /// <summary>Most inputs are sent as compact JSON. Then their text is that of the value, and is left out.</summary>
    private static ExecutionStart WithoutRepeatedText(ExecutionStart start) =>
        start.InputText is { } text && Encoding.UTF8.GetByteCount(text) == start.Input.Utf8Length && text == start.Input.ToString()
            ? start with { InputText = null }
            : start;

    /// <summary>The same start always gives the same first turn.</summary>
    private static Turn FirstTurn(ExecutionRecord execution) => WorkflowExecution.Start(CompiledMachines.Get(execution.Definition), execution.Start).Turn;

    /// <summary>The first turn's history is part of the message of its first task, or of its end. Otherwise it is stored before.</summary>
    private static (IReadOnlyList<HistoryChunk> All, IReadOnlyList<HistoryChunk> Attached) FirstHistoryOf(Turn turn)
    {
        List<HistoryChunk> chunks = HistoryBuffer.Chunks(turn.Events);
        bool rides = chunks is [{ Parts: 1, Content.Length: <= HistoryBuffer.MaxReturnedBytes }] && (turn.Commands.Count == 0 || turn.Commands.Any(static command => command is RunTask));
        return (chunks, rides ? chunks : []);
    }

    /// <summary>Schedules the orchestration of an execution that starts.</summary>
    private async Task BeginAsync(
        JsonObject record, (IReadOnlyList<HistoryChunk> All, IReadOnlyList<HistoryChunk> Attached) first, ExecutionInput input, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = RecordJson.Read(record);
        if (first.Attached.Count == 0)
        {
            await storage.History.AppendAsync(execution.Start.ExecutionArn, first.All, isNew: true, cancellationToken);
        }

        notifier.PublishNew(execution, first.All);
        await ScheduleAsync(record, input, cancellationToken);
    }

    private async Task ScheduleAsync(JsonObject record, CancellationToken cancellationToken) =>
        await ScheduleAsync(record, await InputAsync(record, [], cancellationToken), cancellationToken);

    private async Task<ExecutionInput> InputAsync(JsonObject record, IReadOnlyList<HistoryChunk> unsaved, CancellationToken cancellationToken)
    {
        Task<Payload> definition = storage.StoreAsync(Encoding.UTF8.GetBytes(RecordJson.Definition(record)), cancellationToken);
        Task<Payload> snapshot = storage.StoreSnapshotAsync(RecordJson.Snapshot(record), cancellationToken);
        Task<string?> parent = RecordJson.MapChild(record) is null ? ParentInstanceAsync(record, cancellationToken) : Task.FromResult<string?>(null);
        await Task.WhenAll(definition, snapshot, parent);
        return new()
        {
            Definition = await definition,
            Snapshot = await snapshot,
            MockTestCase = RecordJson.MockTestCase(record),
            UnsavedHistory = unsaved,
            RefersToParts = true,
            SparesMessages = true,
            RedriveTime = RecordJson.RedriveCount(record) > 0 ? RecordJson.RedriveTime(record) : null,
            MapChild = RecordJson.MapChild(record),
            NotifyInstance = await parent,
        };
    }

    private async Task ScheduleAsync(JsonObject record, ExecutionInput input, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(RecordJson.Instance(record)).WithDedupeStatuses(
            [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await clients.Client.ScheduleNewOrchestrationInstanceAsync(ActivityNames.Orchestrator, input, options, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or RequestFailedException { Status: 409 })
        {
            // Another process has started the instance at the same time. If it has not, the next retention run tries again.
        }
    }

    private async Task<string?> ParentInstanceAsync(JsonObject record, CancellationToken cancellationToken) =>
        RecordJson.Parent(record) is { } parent && await storage.Records.FindAsync(parent, cancellationToken) is var (found, _)
            ? RecordJson.Instance(found)
            : null;
}
