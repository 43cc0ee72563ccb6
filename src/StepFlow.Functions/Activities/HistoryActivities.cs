using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Executions;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that store the histories and ends of executions.</summary>
internal sealed class HistoryActivities(
    HistoryWriter history, ExecutionEnding ending, AzureExecutionHost host, DurableClients clients)
{
    /// <summary>Stores history that was not part of a task's message.</summary>
    /// <returns>How many chunks it stored. An older version of the app returns nothing, and stores one.</returns>
    [Function(ActivityNames.AppendHistory)]
    public async Task<int?> AppendAsync([ActivityTrigger] HistoryMessage message, CancellationToken cancellationToken)
    {
        await history.StoreAndNotifyAsync(message.ExecutionArn, [message.Chunk, .. message.Further], cancellationToken);
        return 1 + message.Further.Count;
    }

    /// <summary>Stores the last history and how the execution ended.</summary>
    [Function(ActivityNames.FinishExecution)]
    public async Task FinishAsync([ActivityTrigger] ExecutionEnd end, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        await ending.EndAsync(end, (child, token) => host.SignalAsync(child, new Stop(end.StopTime, null, null), token), cancellationToken);
    }
}
