using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Express;

namespace StepFlow.Functions.Triggers;

/// <summary>Runs asynchronous Express executions, at least once each.</summary>
internal sealed class ExpressTrigger(ExpressExecutions executions, ExpressMessages messages, DurableClients clients, TimeProvider time)
{
    /// <summary>
    /// Runs an execution to its end, with any status. After an outage, or if the app stops, the message is received
    /// again. Each repetition has the execution's ARN and name and starts now, because a timeout counts from the start, not
    /// from the time in the queue.
    /// </summary>
    [Function("Express")]
    public async Task RunAsync(
        [QueueTrigger(ExpressQueue.Name, Connection = "AzureWebJobsStorage")] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        ExecutionRequest request = await messages.ReadAsync(message, cancellationToken);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        await executions.RunAsync(request with { Start = request.Start with { StartTime = now } }, cancellationToken);
    }
}
