using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that keep what an execution leaves behind.</summary>
internal sealed class HistoryActivities(ExecutionStorage storage, HistoryKeeper history)
{
    /// <summary>Stores history that had no task to ride along with.</summary>
    [Function(ActivityNames.AppendHistory)]
    public Task AppendAsync([ActivityTrigger] HistoryMessage message, CancellationToken cancellationToken) =>
        history.KeepAsync(message.ExecutionArn, message.Chunk, cancellationToken);

    /// <summary>Stores the last history and how the execution ended.</summary>
    [Function(ActivityNames.FinishExecution)]
    public async Task FinishAsync([ActivityTrigger] ExecutionEnd end, CancellationToken cancellationToken)
    {
        JsonValue? output = end.Output is { } payload ? await storage.ReadAsync(payload, cancellationToken) : null;
        JsonValue? snapshot = end.Snapshot is { } captured ? await storage.ReadAsync(captured, cancellationToken) : null;
        bool known = await storage.Records.ChangeAsync(end.ExecutionArn, record => RecordJson.Ended(record, end, output, snapshot), cancellationToken);
        if (!known)
        {
            // A Map Run's child: nobody claimed its name, its Map Run did.
            await storage.Records.TryCreateAsync(end.ExecutionArn, RecordJson.EndedChild(end, output), cancellationToken);
        }

        await history.KeepAsync(end.ExecutionArn, end.History, cancellationToken);
    }

    /// <summary>How an execution ended.</summary>
    /// <exception cref="InvalidOperationException">It has not: the caller saw its orchestration end, so this is an outage or a bug.</exception>
    [Function(ActivityNames.ReadEnd)]
    public async Task<ExecutionEnd> ReadEndAsync([ActivityTrigger] string executionArn, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _)
            ? RecordJson.End(executionArn, record)
            : throw new InvalidOperationException($"{executionArn} has no record.");
}
