using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace StepFlow.Functions.Storage;

/// <summary>Payloads that are too large for a message, stored once by the hash of their content.</summary>
internal sealed class PayloadStore(BlobContainerClient container)
{
    /// <summary>Keeps a payload. Keeping the same one again changes nothing.</summary>
    public async Task WriteAsync(string hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobClient blob = container.GetBlobClient(hash);
        if (await blob.TryCreateAsync(content, cancellationToken) is null)
        {
            // The same content is stored already. Its age starts again, because old payloads are deleted.
            await blob.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: cancellationToken);
        }
    }

    /// <summary>Keeps one part of a payload; the last part makes it readable. Repeating a part changes nothing.</summary>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="content">The part's bytes.</param>
    public async Task WritePartAsync(string hash, int part, int parts, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = container.GetBlockBlobClient(hash);
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await blob.StageBlockAsync(BlockId(part), stream, cancellationToken: cancellationToken);
        if (part == parts - 1)
        {
            await blob.CommitBlockListAsync(Enumerable.Range(0, parts).Select(BlockId), cancellationToken: cancellationToken);
        }
    }

    public async Task<byte[]> ReadAsync(string hash, CancellationToken cancellationToken) =>
        (await container.GetBlobClient(hash).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();

    /// <summary>Some bytes of a payload.</summary>
    public async Task<byte[]> ReadAsync(string hash, long offset, int length, CancellationToken cancellationToken) =>
        (await container.GetBlobClient(hash).DownloadContentAsync(
            new BlobDownloadOptions { Range = new HttpRange(offset, length) }, cancellationToken)).Value.Content.ToArray();

    private static string BlockId(int part) => Convert.ToBase64String(BitConverter.GetBytes(part));
}
