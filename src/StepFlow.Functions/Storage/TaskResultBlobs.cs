using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Functions.Messages;

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
        BlobClient blob = container.GetBlobClient(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId + "/" + taskId))));
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(taskEvent)),
                new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                cancellationToken);
            return (taskEvent, true);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            BinaryData first = (await blob.DownloadContentAsync(cancellationToken)).Value.Content;
            return (JsonSerializer.Deserialize<TaskEvent>(first)!, false);
        }
    }
}
