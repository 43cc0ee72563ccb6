using Azure.Storage.Blobs;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Declaration;
using StepFlow.Functions.Executions;
using StepFlow.Integrations.Blobs;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Triggers;

/// <summary>
/// The functions of the triggers in the settings. Each method is a template: <see cref="TriggerFunctions"/> declares one function for
/// each trigger, with the trigger's own schedule, queue or container, and none where there is no trigger.
/// </summary>
internal sealed class ConfiguredTriggers(TriggerSet triggers, TriggerFunctions functions, IBlobStore blobs, DurableClients clients)
{
    private const string EveryMinute = "0 * * * * *";

    /// <summary>The repetitions of a start that fails take about as long. A time is not missed within this period.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>A time of a schedule has come.</summary>
    [Function(TriggerTemplates.Schedule)]
    [FixedDelayRetry(10, "00:01:00")]
    public Task ScheduleAsync([TimerTrigger(EveryMinute)] TimerInfo timer, FunctionContext function, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return triggers.TakeTimeAsync(functions.TriggerOf(function), Grace, cancellationToken);
    }

    /// <summary>A message has come. The platform removes it afterwards, or moves it to the queue <c>NAME-poison</c> if this fails five times.</summary>
    [Function(TriggerTemplates.Queue)]
    public Task QueueAsync([QueueTrigger("queue", Connection = "AzureWebJobsStorage")] QueueMessage message, FunctionContext function, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return triggers.TakeMessageAsync(functions.TriggerOf(function), message.MessageId, message.Body.ToString(), cancellationToken);
    }

    /// <summary>Event Grid reports a blob.</summary>
    [Function(TriggerTemplates.Blob)]
    public async Task BlobAsync(
        [BlobTrigger("container/{name}", Source = BlobTriggerSource.EventGrid, Connection = "AzureWebJobsStorage")] BlobClient blob, FunctionContext function, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);

        BlobResult<BlobProperties> found = await blobs.FindAsync(blob.BlobContainerName, blob.Name, null, cancellationToken);
        if (found.IsSuccess)
        {
            await triggers.TakeBlobAsync(functions.TriggerOf(function), found.Value, cancellationToken);
        }
        else if (found.Failure is not (BlobFailure.NoSuchBlob or BlobFailure.NoSuchContainer))
        {
            throw new InvalidOperationException($"The blob {blob.Name} of the container {blob.BlobContainerName} could not be read: {found.Failure}.");
        }
    }

    /// <summary>Polls what no trigger of the platform reports, once a minute.</summary>
    [Function(TriggerTemplates.Poll)]
    public Task PollAsync([TimerTrigger(EveryMinute)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return triggers.PollAsync(functions.Polled, cancellationToken);
    }
}
