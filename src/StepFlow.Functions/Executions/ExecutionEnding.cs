using System.Text;
using StepFlow.Execution.History;
using StepFlow.Functions.Storage;

namespace StepFlow.Functions.Executions;

/// <summary>Stores the ends of executions, and notifies the observers.</summary>
internal sealed class ExecutionEnding(ExecutionStorage storage, HistoryWriter history, ExecutionNotifier notifier, ChildEnds children)
{
    /// <summary>Ends an execution. Repeating it changes nothing; nor does the end of an instance that was redriven, or was ended otherwise before.</summary>
    /// <param name="stop">Stops an execution that it started.</param>
    public async Task EndAsync(ExecutionEnd end, Func<string, CancellationToken, Task> stop, CancellationToken cancellationToken)
    {
        (IReadOnlyList<HistoryChunk> last, IReadOnlyList<HistoryEvent>? all) = await history.StoreAsync(end, cancellationToken);
        Func<JsonObject, JsonObject> change = await ChangeAsync(end, cancellationToken);
        JsonObject? ended = await storage.Records.ChangeAsync(end.ExecutionArn, change, cancellationToken);
        if (ended is null || !IsOf(ended, end) || RecordJson.Read(ended) is not { } execution
            || execution.Status != end.Status || execution.StopTime != end.StopTime)
        {
            return;
        }

        if (end.Status == ExecutionStatus.Aborted)
        {
            foreach (string child in await storage.Index.ChildrenAsync(end.ExecutionArn, cancellationToken))
            {
                await stop(child, cancellationToken);
            }
        }

        await notifier.PublishEndAsync(execution, last, all, cancellationToken);
    }

    /// <summary>
    /// Ends an execution whose completed instance contains its end. Readers already see it as ended. The observers, and the Map Run that waits for
    /// it, are notified before the record is written. So if this is interrupted, the record is unchanged, and everything is repeated.
    /// </summary>
    public async Task EndCompletedAsync(ExecutionEnd end, CancellationToken cancellationToken)
    {
        JsonObject? record = await storage.Records.FindEarlierAsync(end.ExecutionArn, cancellationToken);
        if (record is not null && !IsOf(record, end))
        {
            // It was redriven since this process saw it.
            record = (await storage.Records.FindAsync(end.ExecutionArn, cancellationToken))?.Record;
        }

        if (record is null || !IsOf(record, end) || RecordJson.Status(record) != ExecutionStatus.Running)
        {
            return;
        }

        (IReadOnlyList<HistoryChunk> last, IReadOnlyList<HistoryEvent>? all) = await history.StoreAsync(end, cancellationToken);
        Func<JsonObject, JsonObject> change = await ChangeAsync(end, cancellationToken);
        ExecutionRecord execution = RecordJson.Read(change(record));
        await notifier.PublishEndAsync(execution, last, all, cancellationToken);
        if (RecordJson.MapChild(record) is { } child)
        {
            await children.ReportAsync(child.InstanceId, new(child.Index, end.Status, child.Items), cancellationToken);
        }

        await storage.Records.ChangeAsync(end.ExecutionArn, change, cancellationToken);
    }

    /// <summary>A record as it will be when the end of its completed instance is stored.</summary>
    public async Task<JsonObject> ViewAsync(JsonObject record, ExecutionEnd end, CancellationToken cancellationToken) =>
        (await ChangeAsync(end, cancellationToken))(record);

    private static bool IsOf(JsonObject record, ExecutionEnd end) => RecordJson.Instance(record) == end.InstanceId;

    private async Task<Func<JsonObject, JsonObject>> ChangeAsync(ExecutionEnd end, CancellationToken cancellationToken)
    {
        JsonValue? output = end.Output is { } payload ? await storage.ReadAsync(payload, cancellationToken) : null;
        string? cause = await storage.ReadTextAsync(end.Cause, cancellationToken);
        string? snapshot = end.Snapshot is null ? null : Encoding.UTF8.GetString(await storage.ReadSnapshotAsync(end.Snapshot, cancellationToken));
        return record => IsOf(record, end) && RecordJson.Status(record) == ExecutionStatus.Running ? RecordJson.Ended(record, end, output, cause, snapshot) : record;
    }
}
