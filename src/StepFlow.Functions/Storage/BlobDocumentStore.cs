using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>Keeps documents as blobs; a document's version is its blob's ETag.</summary>
/// <param name="time">The clock by which documents that were read become old.</param>
internal sealed class BlobDocumentStore(BlobContainerClient container, TimeProvider time) : IDocumentStore, IDisposable
{
    private const int ParallelReads = 8;
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(2);

    private readonly DocumentCache _recent = new(time, Recent);

    public void Dispose() => _recent.Dispose();

    public async Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken) =>
        await Blob(collection, key).FindAsync(cancellationToken) is { } found
            ? new(key, JsonValue.Parse(found.Content.ToMemory().Span), found.Details.ETag.ToString())
            : null;

    public Task<Document?> FindRecentAsync(string collection, string key, CancellationToken cancellationToken) =>
        _recent.FindAsync(collection, key, () => FindAsync(collection, key, cancellationToken)).AsTask();

    public Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken) => _recent.ChangeAsync(collection, key, async () =>
    {
        var options = new BlobUploadOptions
        {
            Conditions = expectedVersion is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = new(expectedVersion) },
            HttpHeaders = new() { ContentType = "application/json" },
        };
        try
        {
            Response<BlobContentInfo> response = await Blob(collection, key).UploadAsync(BinaryData.FromBytes(value.ToUtf8()), options, cancellationToken);
            return response.Value.ETag.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 or 404)
        {
            return null;
        }
    });

    public Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken) => _recent.ChangeAsync(collection, key, async () =>
    {
        try
        {
            await Blob(collection, key).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, new() { IfMatch = new(expectedVersion) }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    });

    public async Task<IReadOnlyList<Document>> ListAsync(string collection, string prefix, string? after, int count, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{collection}/{prefix}", cancellationToken))
        {
            string key = blob.Name[(collection.Length + 1)..];
            if (after is null || string.CompareOrdinal(key, after) > 0)
            {
                keys.Add(key);
                if (keys.Count == count)
                {
                    break;
                }
            }
        }

        var documents = new Document?[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (i, token) => documents[i] = await FindAsync(collection, keys[i], token));

        // One that was deleted since it was listed is not there any more.
        return [.. documents.OfType<Document>()];
    }

    private BlobClient Blob(string collection, string key) => container.GetBlobClient($"{collection}/{key}");
}
