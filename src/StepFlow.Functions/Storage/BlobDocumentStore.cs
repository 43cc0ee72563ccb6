using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>Keeps documents as blobs; a document's version is its blob's ETag.</summary>
/// <param name="time">The clock by which documents that were read become old.</param>
internal sealed class BlobDocumentStore(BlobContainerClient container, TimeProvider time) : IDocumentStore
{
    private const int ParallelReads = 8;

    private readonly RecentDocuments _recent = new(time);

    public async Task<Document?> FindAsync(string collection, string key, CancellationToken cancellationToken)
    {
        try
        {
            Response<BlobDownloadResult> response = await Blob(collection, key).DownloadContentAsync(cancellationToken);
            return new(key, JsonValue.Parse(response.Value.Content.ToMemory().Span), response.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task<Document?> FindRecentAsync(string collection, string key, CancellationToken cancellationToken)
    {
        string name = Name(collection, key);
        if (_recent.Find(name, out long change) is { } known)
        {
            return known;
        }

        Document? found = await FindAsync(collection, key, cancellationToken);
        _recent.Add(name, found, change);
        return found;
    }

    public async Task<string?> WriteAsync(string collection, string key, JsonValue value, string? expectedVersion, CancellationToken cancellationToken)
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
        finally
        {
            _recent.Remove(Name(collection, key));
        }
    }

    public async Task<bool> DeleteAsync(string collection, string key, string expectedVersion, CancellationToken cancellationToken)
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
        finally
        {
            _recent.Remove(Name(collection, key));
        }
    }

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

    private static string Name(string collection, string key) => $"{collection}/{key}";

    private BlobClient Blob(string collection, string key) => container.GetBlobClient(Name(collection, key));
}
