using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace StepFlow.Functions.Storage;

/// <summary>Requests for blobs that may not exist, or that another process may have created.</summary>
internal static class BlobRequests
{
    /// <summary>The content of a blob; null if there is no blob.</summary>
    public static async Task<BlobDownloadResult?> FindAsync(this BlobBaseClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.DownloadContentAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Creates a blob.</summary>
    /// <returns>Its ETag; null if the blob exists already. Then nothing was changed.</returns>
    public static async Task<ETag?> TryCreateAsync(
        this BlobClient blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken, IDictionary<string, string>? metadata = null)
    {
        try
        {
            BlobContentInfo written = await blob.UploadAsync(
                BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All }, Metadata = metadata }, cancellationToken);
            return written.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Deletes all blobs whose names begin with a prefix.</summary>
    public static async Task DeleteAllAsync(this BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }
}
