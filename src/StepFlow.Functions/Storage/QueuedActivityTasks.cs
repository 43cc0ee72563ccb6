using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Activities' tasks on Azure: the task itself is a document, a storage queue for each activity says in which order.
/// Whoever marks the document as taken has the task, so that it is delivered once however often it is put in the queue.
/// The mark stays: a task that is put in again after it was taken is not delivered again.
/// </summary>
internal sealed class QueuedActivityTasks(QueueServiceClient queues, IDocumentStore documents, TimeProvider time) : IActivityQueue
{
    /// <summary>What its queues' names begin with.</summary>
    public const string QueuePrefix = "stepflow-activity-";

    private const string Collection = "activity-tasks";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        string key = Key(task.TaskToken);
        if (await documents.FindAsync(Collection, key, cancellationToken) is { Value: JsonNull } taken
            && await documents.DeleteAsync(Collection, key, taken.Version, cancellationToken))
        {
            await EnqueueAsync(activityArn, task, cancellationToken);
        }
    }

    /// <inheritdoc/>
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

        // The task may be in the queue already, or a crash came before its message: one message too many does no harm.
        QueueClient queue = Queue(activityArn);
        try
        {
            await Send();
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Send();
        }

        // A task waits as long as its execution does: up to a year.
        Task Send() => queue.SendMessageAsync(key, visibilityTimeout: null, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken);
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
                bool ours = document?.Value is JsonObject
                    && await documents.WriteAsync(Collection, key, JsonValue.Null, document.Version, cancellationToken) is not null;
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                if (ours)
                {
                    var value = (JsonObject)document!.Value;
                    return new(Text(value, "taskToken"), Text(value, "executionArn"), Text(value, "taskId"), value["input"]!);
                }
            }
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // No queue: nothing was ever put in it. No message: another worker took it.
        }

        return null;
    }

    private static string Text(JsonObject value, string name) => ((JsonString)value[name]!).Value;

    /// <summary>Tokens are longer than a message needs, and a document's name must not give one away.</summary>
    private static string Key(string taskToken) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskToken)));

    private QueueClient Queue(string activityArn) =>
        queues.GetQueueClient(QueuePrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(activityArn)))[..32]);
}
