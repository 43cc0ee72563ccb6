using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Decompressed copies of the compressed files that a Map Run reads. A range of items in the middle of such a file is read
/// from the copy. They are blobs of the run. Only the keys of addresses are used. They are deleted when the run ends.
/// </summary>
internal sealed class MapRunCopies(BlobContainerClient container, string mapRunArn) : IObjectStore
{
    public async Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        BlobDownloadStreamingResult found = await Copy(address).DownloadStreamingAsync(
            new BlobDownloadOptions { Range = new HttpRange(slice.First, slice.Length) }, cancellationToken);
        await using Stream content = found.Content;
        await read(new(content, found.Details.ETag.ToString(), slice.First + found.Details.ContentLength), cancellationToken);
    }

    public async Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken)
    {
        var found = new List<ObjectSummary>();
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Prefix + prefix, cancellationToken))
        {
            found.Add(new(blob.Name[Prefix.Length..], blob.Properties.ContentLength ?? 0, blob.Properties.ETag.ToString()!, blob.Properties.LastModified ?? default));
        }

        return new(found);
    }

    public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Copy(address).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);

    public async Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        // Blocks count once the stream is closed, so of a copy that breaks off nothing is left.
        Stream target = await container.GetBlockBlobClient(Name(address)).OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);
        await write(target, cancellationToken);
        await target.DisposeAsync();
    }

    /// <summary>Deletes the copies of the run.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => container.DeleteAllAsync(Prefix, cancellationToken);

    private string Prefix => mapRunArn + "/copies/";

    private string Name(ObjectAddress address) => Prefix + address.Key;

    private BlobClient Copy(ObjectAddress address) => container.GetBlobClient(Name(address));
}
