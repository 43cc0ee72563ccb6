using System.Text.Json;
using Azure.Storage.Blobs;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The outcomes that callers sent for tasks, one blob each. The first outcome is used. It is stored
/// before it is sent to the orchestration. So if the sender crashes, the next caller sends it again.
/// </summary>
internal sealed class TaskResultBlobs(BlobContainerClient container)
{
    /// <summary>Stores an outcome, unless there is one.</summary>
    /// <returns>The outcome that is used, and whether it is this one.</returns>
    public async Task<(TaskEvent Counts, bool IsThis)> ClaimAsync(string instanceId, string taskId, TaskEvent taskEvent, CancellationToken cancellationToken)
    {
        BlobClient blob = container.GetBlobClient(TextHash.Of(instanceId + "/" + taskId));
        if (await blob.TryCreateAsync(JsonSerializer.SerializeToUtf8Bytes(taskEvent), cancellationToken) is not null)
        {
            return (taskEvent, true);
        }

        BinaryData first = (await blob.DownloadContentAsync(cancellationToken)).Value.Content;
        return (JsonSerializer.Deserialize<TaskEvent>(first)!, false);
    }
}
