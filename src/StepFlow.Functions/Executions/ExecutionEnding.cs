using System.Text;
using StepFlow.Execution;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Executions;

/// <summary>Stores how executions ended, and tells those who watch.</summary>
internal sealed class ExecutionEnding(ExecutionStorage storage, HistoryWriter history, ExecutionNotifier notifier)
{
    /// <summary>Ends an execution. Repeating it changes nothing; nor does the end of an instance that was redriven, or was ended otherwise before.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="stop">Stops an execution that it started.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EndAsync(ExecutionEnd end, Func<string, CancellationToken, Task> stop, CancellationToken cancellationToken)
    {
        HistoryChunk? last = end.History is { } chunk ? await history.StoreAsync(end.ExecutionArn, chunk, cancellationToken) : null;
        JsonValue? output = end.Output is { } payload ? await storage.ReadAsync(payload, cancellationToken) : null;
        string? cause = await storage.ReadTextAsync(end.Cause, cancellationToken);
        string? snapshot = end.Snapshot is null ? null : Encoding.UTF8.GetString(await storage.ReadSnapshotAsync(end.Snapshot, cancellationToken));
        JsonObject? ended = await storage.Records.ChangeAsync(
            end.ExecutionArn,
            record => IsOf(record, end) && RecordJson.Status(record) == ExecutionStatus.Running ? RecordJson.Ended(record, end, output, cause, snapshot) : record,
            cancellationToken);
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

        notifier.PublishStored(execution, last is null ? [] : [last]);
        await notifier.PublishEndAsync(execution, cancellationToken);
    }

    private static bool IsOf(JsonObject record, ExecutionEnd end) => RecordJson.Instance(record) == end.InstanceId;
}
