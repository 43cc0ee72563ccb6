using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that keep what an execution leaves behind.</summary>
internal sealed class HistoryActivities(
    ExecutionStorage storage, HistoryKeeper history, ExecutionTelling telling, AzureExecutionHost host, DurableClients clients)
{
    /// <summary>Stores history that had no task to ride along with.</summary>
    [Function(ActivityNames.AppendHistory)]
    public Task AppendAsync([ActivityTrigger] HistoryMessage message, CancellationToken cancellationToken) =>
        history.KeepAsync(message.ExecutionArn, message.Chunk, cancellationToken);

    /// <summary>Stores the last history and how the execution ended.</summary>
    [Function(ActivityNames.FinishExecution)]
    public async Task FinishAsync([ActivityTrigger] ExecutionEnd end, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        HistoryChunk? last = end.History is { } chunk ? await history.StoreAsync(end.ExecutionArn, chunk, cancellationToken) : null;
        JsonValue? output = end.Output is { } payload ? await storage.ReadAsync(payload, cancellationToken) : null;
        string? cause = await storage.ReadTextAsync(end.Cause, cancellationToken);
        string? snapshot = await storage.ReadTextAsync(end.Snapshot, cancellationToken);
        JsonObject? ended = await storage.Records.ChangeAsync(
            end.ExecutionArn,
            record => RecordJson.Instance(record) == end.InstanceId ? RecordJson.Ended(record, end, output, cause, snapshot) : record,
            cancellationToken);
        if (ended is null || RecordJson.Instance(ended) != end.InstanceId)
        {
            // Removed, or redriven: this is a late repetition.
            return;
        }

        if (end.Status == ExecutionStatus.Aborted)
        {
            foreach (string child in await storage.Index.ChildrenAsync(end.ExecutionArn, cancellationToken))
            {
                await host.SignalAsync(child, static time => new Stop(time, null, null), cancellationToken);
            }
        }

        ExecutionRecord execution = RecordJson.Read(ended);
        telling.Stored(execution, last is null ? [] : [last]);
        await telling.EndedAsync(execution, cancellationToken);
    }
}
