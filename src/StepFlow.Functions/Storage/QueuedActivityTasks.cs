using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Activities' tasks on Azure. A task is a document, and a storage queue for each activity has the order.
/// A worker's poll hides the task's message for some time and stores the message in the document. Another message of the same
/// task is superfluous and is deleted. When the task's start is confirmed, the document stays empty, so the task is
/// delivered once even if it is queued several times. If the start is not confirmed, the message becomes visible again.
/// </summary>
internal sealed class QueuedActivityTasks(QueueServiceClient queues, IDocumentStore documents, TimeProvider time) : IActivityQueue
{
    /// <summary>The prefix of the names of its queues.</summary>
    public const string QueuePrefix = "stepflow-activity-";

    private const string Collection = "activity-tasks";
    private const string TakenBy = "message";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long a task that was taken waits for its confirmation before it is given out again.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromMinutes(1);

    public async Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        var taken = (TakenMessage)task.Receipt!;
        bool isOurs = await documents.WriteAsync(Collection, Key(task.TaskToken), JsonValue.Null, taken.Version, cancellationToken) is not null;
        if (isOurs)
        {
            await DeleteAsync(Queue(activityArn), taken.MessageId, taken.PopReceipt, cancellationToken);
        }

        return isOurs;
    }

    public async Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        var taken = (TakenMessage)task.Receipt!;
        try
        {
            await Queue(activityArn).UpdateMessageAsync(taken.MessageId, taken.PopReceipt, Key(task.TaskToken), TimeSpan.Zero, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The time to confirm it is over, and it was taken again.
        }
    }

    public async Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        string key = Key(task.TaskToken);
        JsonObject document = JsonObject.Create(
            ("taskToken", task.TaskToken), ("executionArn", task.ExecutionArn), ("taskId", task.TaskId), ("input", task.Input));
        if (await documents.WriteAsync(Collection, key, document, null, cancellationToken) is null
            && (await documents.FindAsync(Collection, key, cancellationToken))?.Value is JsonNull)
        {
            return;
        }

        // The task may be in the queue already, or a crash may have come before its message. One message too many is harmless.
        await Queue(activityArn).AddAsync(key, cancellationToken);
    }

    public async Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken)
    {
        QueueClient queue = Queue(activityArn);
        DateTimeOffset end = time.GetUtcNow() + wait;
        TimeSpan pause = FirstPause;
        while (true)
        {
            if (await TakeAsync(queue, cancellationToken) is { } task)
            {
                return task;
            }

            TimeSpan left = end - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(left < pause ? left : pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public async Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken)
    {
        string key = Key(taskToken);
        Document? document = await documents.FindAsync(Collection, key, cancellationToken);
        return document?.Value is not JsonNull
            && await documents.WriteAsync(Collection, key, JsonValue.Null, document?.Version, cancellationToken) is not null
            && document is not null;
    }

    private async Task<ActivityTask?> TakeAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        try
        {
            while (await queue.ReceiveMessageAsync(Claim, cancellationToken) is { Value: { } message })
            {
                string key = message.Body.ToString();
                Document? document = await documents.FindAsync(Collection, key, cancellationToken);
                if (document?.Value is not JsonObject value || (value[TakenBy] is JsonString other && other.Value != message.MessageId))
                {
                    // Confirmed or removed; or another message of the same task is there.
                    await DeleteAsync(queue, message.MessageId, message.PopReceipt, cancellationToken);
                }
                else if (await documents.WriteAsync(Collection, key, value.With(TakenBy, message.MessageId), document.Version, cancellationToken) is { } version)
                {
                    return new(value.RequiredText("taskToken"), value.RequiredText("executionArn"), value.RequiredText("taskId"), value["input"]!)
                    {
                        Receipt = new TakenMessage(message.MessageId, message.PopReceipt, version),
                    };
                }

                // Otherwise another poll was faster with another message. This one becomes visible again, and is deleted then.
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Nothing was ever put in it.
        }

        return null;
    }

    private static async Task DeleteAsync(QueueClient queue, string messageId, string popReceipt, CancellationToken cancellationToken)
    {
        try
        {
            await queue.DeleteMessageAsync(messageId, popReceipt, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // It became visible again in the meantime. The next poll that receives it deletes it.
        }
    }

    /// <summary>Tokens are longer than a message needs, and must not be readable in a document's name.</summary>
    private static string Key(string taskToken) => TextHash.Of(taskToken);

    /// <summary>The name of an activity's queue.</summary>
    internal static string NameOf(string activityArn) =>
        QueuePrefix + TextHash.Of(activityArn)[..32];

    private QueueClient Queue(string activityArn) => queues.GetQueueClient(NameOf(activityArn));

    /// <summary>A message that is hidden until its task is confirmed.</summary>
    /// <param name="PopReceipt">The receipt for deleting it.</param>
    /// <param name="Version">The version of the task's document that names it.</param>
    private sealed record TakenMessage(string MessageId, string PopReceipt, string Version);
}
