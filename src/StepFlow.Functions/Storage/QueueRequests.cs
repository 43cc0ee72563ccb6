using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace StepFlow.Functions.Storage;

/// <summary>Requests for queues that are created when they are first needed.</summary>
internal static class QueueRequests
{
    /// <summary>A message waits as long as it takes, such as while the app does not run.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>Adds a message that never expires.</summary>
    public static async Task AddAsync(this QueueClient queue, string text, CancellationToken cancellationToken)
    {
        try
        {
            await Send();
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Send();
        }

        Task Send() => queue.SendMessageAsync(text, visibilityTimeout: null, timeToLive: Forever, cancellationToken);
    }
}
