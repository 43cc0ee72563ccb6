using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Caching.Memory;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The records of executions, one blob each, created before the orchestration is scheduled. Creating it reserves the
/// execution's name permanently. The deduplication of the back ends differs, and replaces instances that have ended. The
/// metadata of the record of a running execution has its instance, so that a listing shows which executions run.
/// </summary>
internal sealed class ExecutionRecords(BlobContainerClient container) : IDisposable
{
    private const string InstanceName = "instance";
    private const string IsOver = "-";

    /// <summary>The size of the cache of records, in characters. It has records that this process has created or read while the executions ran.</summary>
    private const long CachedCharacters = 16 * 1024 * 1024;

    private static readonly TimeSpan Cached = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CachedCharacters });

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    /// <summary>Creates a record. False if there is one with this ARN. Then nothing was changed.</summary>
    public async Task<bool> TryCreateAsync(string executionArn, JsonObject record, CancellationToken cancellationToken)
    {
        if (await Blob(executionArn).TryCreateAsync(record.ToUtf8(), cancellationToken, Metadata(record)) is not { } etag)
        {
            return false;
        }

        Cache(executionArn, record, etag);
        return true;
    }

    /// <summary>A record and its ETag; null if there is none.</summary>
    public async Task<(JsonObject Record, ETag ETag)?> FindAsync(string executionArn, CancellationToken cancellationToken) =>
        await Blob(executionArn).FindAsync(cancellationToken) is { } found
            ? ((JsonObject)JsonValue.Parse(found.Content.ToMemory().Span), found.Details.ETag)
            : null;

    /// <summary>A record as it was at some time while the execution ran. The data of the start never changes. Null if there is none.</summary>
    public async Task<JsonObject?> FindEarlierAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(executionArn, out (JsonObject Record, ETag ETag) cached))
        {
            return cached.Record;
        }

        if (await FindAsync(executionArn, cancellationToken) is not var (record, etag))
        {
            return null;
        }

        Cache(executionArn, record, etag);
        return record;
    }

    /// <summary>The executions whose records do not say that they have ended, with their instances; null for the instance where the record is of an older version of the app.</summary>
    public async IAsyncEnumerable<(string ExecutionArn, string? Instance)> RunningAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, cancellationToken))
        {
            string? instance = blob.Metadata.TryGetValue(InstanceName, out string? name) ? name : null;
            if (instance != IsOver)
            {
                yield return (blob.Name, instance);
            }
        }
    }

    /// <summary>Writes the metadata of a record. Records of an older version of the app have none.</summary>
    public async Task WriteMetadataAsync(string executionArn, JsonObject record, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(executionArn).SetMetadataAsync(Metadata(record), new() { IfMatch = etag }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Another process has changed the record in the meantime, and its metadata too.
        }
    }

    /// <summary>Changes a record, however many others change it at the same time.</summary>
    /// <param name="change">Makes the new record of the present one; the same where nothing is to be changed.</param>
    /// <returns>The record afterwards; null if there is none.</returns>
    public async Task<JsonObject?> ChangeAsync(string executionArn, Func<JsonObject, JsonObject> change, CancellationToken cancellationToken)
    {
        // The cached record is tried first. If another process has changed it, the condition fails.
        bool isCached = _cache.TryGetValue(executionArn, out (JsonObject Record, ETag ETag) cached);
        _cache.Remove(executionArn);
        for (; (isCached ? cached : await FindAsync(executionArn, cancellationToken)) is var (record, etag); isCached = false)
        {
            JsonObject changed = change(record);
            if (ReferenceEquals(changed, record))
            {
                if (isCached)
                {
                    continue;
                }

                return record;
            }

            try
            {
                var options = new BlobUploadOptions { Conditions = new() { IfMatch = etag }, Metadata = Metadata(changed) };
                await Blob(executionArn).UploadAsync(BinaryData.FromBytes(changed.ToUtf8()), options, cancellationToken);
                return changed;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Another process has changed the record. The change is applied to the current one.
            }
        }

        return null;
    }

    public Task DeleteAsync(string executionArn, CancellationToken cancellationToken)
    {
        _cache.Remove(executionArn);
        return Blob(executionArn).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private static Dictionary<string, string> Metadata(JsonObject record) => new()
    {
        [InstanceName] = RecordJson.Status(record) == ExecutionStatus.Running ? RecordJson.Instance(record) : IsOver,
    };

    private void Cache(string executionArn, JsonObject record, ETag etag)
    {
        if (RecordJson.Status(record) == ExecutionStatus.Running)
        {
            _cache.Set(executionArn, (record, etag), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Cached, Size = record.Utf8Length });
        }
    }

    private BlobClient Blob(string executionArn) => container.GetBlobClient(executionArn);
}
