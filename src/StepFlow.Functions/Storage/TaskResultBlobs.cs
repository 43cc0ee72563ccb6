using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The answers that tasks were given from outside, a blob each: the first answer counts, whoever gives it. It is kept
/// before it is told, so that a teller's crash loses nothing: whoever comes next tells it again.
/// </summary>
internal sealed class TaskResultBlobs(BlobContainerClient container)
{
    /// <summary>Keeps an answer unless there is one.</summary>
    /// <returns>The answer that counts, and whether it is this one.</returns>
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
