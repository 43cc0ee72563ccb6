using StepFlow.Integrations.Blobs;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Buckets as the containers of the configured storage account.</summary>
public sealed class BlobObjectStore(IBlobStore blobs) : IObjectStore
{
    /// <inheritdoc/>
    public async Task<ObjectContent?> ReadAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        BlobAnswer<BlobContent> answer = await blobs.OpenAsync(address.Bucket, address.Key, cancellationToken);
        if (!answer.IsSuccess)
        {
            return null;
        }

        await using BlobContent content = answer.Value;
        using var bytes = new MemoryStream();
        await content.Stream.CopyToAsync(bytes, cancellationToken);
        return new(bytes.ToArray());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        var found = new List<ObjectSummary>();
        string? after = null;
        do
        {
            BlobAnswer<BlobPage> page = await blobs.ListAsync(bucket, new() { Prefix = prefix, After = after }, cancellationToken);
            if (!page.IsSuccess)
            {
                return found;
            }

            found.AddRange(page.Value.Blobs.Select(blob => new ObjectSummary(blob.Name, blob.Length, $"\"{blob.ETag}\"", blob.LastModified)));
            after = page.Value.Next;
        }
        while (after is not null);
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The container does not exist or may not be written to.</exception>
    public async Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        BlobAnswer<BlobProperties> answer = await blobs.PutAsync(
            address.Bucket, address.Key, stream, new() { ContentType = "application/json" }, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new InvalidOperationException($"The results could not be written to {address.Bucket}/{address.Key}: {answer.Failure}.");
        }
    }
}
