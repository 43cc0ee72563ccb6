using System.Net.Http.Headers;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Blobs;

/// <summary>Blobs of Azure Storage, or Azurite.</summary>
internal sealed class AzureBlobStore(StorageClients clients) : IBlobStore
{
    /// <summary>The version of a blob that was written while the account had no versioning (S3 API, GetObject).</summary>
    private const string NoVersion = "null";

    public Task<BlobResult<BlobProperties>> FindAsync(string container, string name, string? version, CancellationToken cancellationToken) => AtAsync(container, name, version, async blob =>
    {
        Azure.Storage.Blobs.Models.BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        return (BlobResult<BlobProperties>)new BlobProperties(name, found.ContentLength, Bare(found.ETag), found.LastModified, found.ContentType, Copy(found.Metadata)) { VersionId = found.VersionId };
    }, cancellationToken);

    public Task<BlobResult<BlobContent>> OpenAsync(string container, string name, BlobSlice? slice, CancellationToken cancellationToken) => AtAsync(container, name, slice?.VersionId, async blob =>
    {
        BlobDownloadStreamingResult found = await blob.DownloadStreamingAsync(slice is null ? null : Options(slice), cancellationToken);
        BlobDownloadDetails details = found.Details;
        var properties = new BlobProperties(name, details.ContentLength, Bare(details.ETag), details.LastModified, details.ContentType, Copy(details.Metadata)) { VersionId = details.VersionId };
        var content = new BlobContent(properties, found.Content);
        return (BlobResult<BlobContent>)(ContentRangeHeaderValue.TryParse(details.ContentRange, out ContentRangeHeaderValue? range) && range.Length is { } whole
            ? content with { WholeLength = whole }
            : content);
    }, cancellationToken);

    public Task<BlobResult<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        // Blocks count only once their list is committed, so the blob appears as a whole.
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = put.ContentType },
            Metadata = put.Metadata.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            Tags = put.Tags.Count == 0 ? null : put.Tags.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            Conditions = put.OnlyIfAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All } : null,
        };
        long length = content.CanSeek ? content.Length - content.Position : 0;
        BlobContentInfo written = await Blob(container, name).UploadAsync(content, options, cancellationToken);
        return (BlobResult<BlobProperties>)new BlobProperties(name, length, Bare(written.ETag), written.LastModified, put.ContentType, put.Metadata) { VersionId = written.VersionId };
    });

    public Task<BlobResult<bool>> PutBlockAsync(string container, string name, string block, Stream content, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await clients.Blobs.GetBlobContainerClient(container).GetBlockBlobClient(name).StageBlockAsync(block, content, cancellationToken: cancellationToken);
        return (BlobResult<bool>)true;
    });

    public Task<BlobResult<BlobProperties>> CommitBlocksAsync(string container, string name, IReadOnlyList<string> blocks, BlobPut put, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var options = new CommitBlockListOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = put.ContentType },
            Metadata = put.Metadata.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            Tags = put.Tags.Count == 0 ? null : put.Tags.ToDictionary(static pair => pair.Key, static pair => pair.Value),
        };
        BlobContentInfo written = await clients.Blobs.GetBlobContainerClient(container).GetBlockBlobClient(name).CommitBlockListAsync(blocks, options, cancellationToken);
        return await FindAsync(container, name, written.VersionId, cancellationToken);
    });

    public Task<BlobResult<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        BlobClient from = Blob(source.Container, source.Name);
        BlobClient to = Blob(target.Container, target.Name);

        // Checked first, because the error of a failed copy does not say which blob was missing.
        await from.GetPropertiesAsync(cancellationToken: cancellationToken);
        CopyFromUriOperation copy = await to.StartCopyFromUriAsync(from.Uri, cancellationToken: cancellationToken);
        await copy.WaitForCompletionAsync(cancellationToken);
        return await FindAsync(target.Container, target.Name, null, cancellationToken);
    });

    public Task<BlobResult<bool>> DeleteAsync(string container, string name, string? version, CancellationToken cancellationToken) => AtAsync(container, name, version, async blob =>
    {
        Response<bool> deleted = await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
        return (BlobResult<bool>)deleted.Value;
    }, cancellationToken);

    public Task<BlobResult<IReadOnlyDictionary<string, string>>> FindTagsAsync(string container, string name, string? version, CancellationToken cancellationToken) => AtAsync(container, name, version, async blob =>
    {
        GetBlobTagResult found = await blob.GetTagsAsync(cancellationToken: cancellationToken);
        return (BlobResult<IReadOnlyDictionary<string, string>>)new Dictionary<string, string>(found.Tags, StringComparer.Ordinal);
    }, cancellationToken);

    public Task<BlobResult<bool>> PutTagsAsync(string container, string name, string? version, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => AtAsync(container, name, version, async blob =>
    {
        await blob.SetTagsAsync(tags.ToDictionary(static tag => tag.Key, static tag => tag.Value), cancellationToken: cancellationToken);
        return (BlobResult<bool>)true;
    }, cancellationToken);

    public Task<BlobResult<Uri>> SignAsync(string container, string name, bool writes, DateTimeOffset end, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        BlobClient blob = Blob(container, name);
        var terms = new BlobSasBuilder(writes ? BlobSasPermissions.Create | BlobSasPermissions.Write : BlobSasPermissions.Read, end)
        {
            BlobContainerName = container,
            BlobName = blob.Name,
            Resource = "b",
        };
        if (blob.CanGenerateSasUri)
        {
            return (BlobResult<Uri>)blob.GenerateSasUri(terms);
        }

        // Without the account's key the managed identity vouches for it.
        UserDelegationKey key = await clients.Blobs.GetUserDelegationKeyAsync(null, end, cancellationToken);
        return (BlobResult<Uri>)new BlobUriBuilder(blob.Uri) { Sas = terms.ToSasQueryParameters(key, clients.Blobs.AccountName) }.ToUri();
    });

    public Task<BlobResult<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        List<BlobProperties> blobs = [];
        List<string> prefixes = [];
        IAsyncEnumerable<Page<BlobHierarchyItem>> pages = clients.Blobs.GetBlobContainerClient(container)
            .GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, query.Delimiter, query.Prefix, cancellationToken)
            .AsPages(query.After, query.Count);
        await foreach (Page<BlobHierarchyItem> page in pages)
        {
            foreach (BlobHierarchyItem item in page.Values)
            {
                if (item.IsPrefix)
                {
                    prefixes.Add(item.Prefix);
                }
                else
                {
                    BlobItemProperties found = item.Blob.Properties;
                    blobs.Add(new(item.Blob.Name, found.ContentLength ?? 0, Bare(found.ETag ?? default), found.LastModified ?? default, found.ContentType, null));
                }
            }

            return new BlobPage(blobs, prefixes, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return (BlobResult<BlobPage>)new BlobPage(blobs, prefixes, null);
    });

    public async Task CreateContainerAsync(string container, CancellationToken cancellationToken) =>
        await clients.Blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    private BlobClient Blob(string container, string name) => clients.Blobs.GetBlobContainerClient(container).GetBlobClient(name);

    /// <summary>Sends a request for a blob, or for one version of it.</summary>
    private Task<BlobResult<T>> AtAsync<T>(
        string container, string name, string? version, Func<BlobClient, Task<BlobResult<T>>> request, CancellationToken cancellationToken) => TryAsync(async () =>
        {
            BlobClient blob = Blob(container, name);
            if (version is null)
            {
                return await request(blob);
            }

            BlobClient versioned = version == NoVersion ? blob : blob.WithVersion(version);
            if (!await ReturnsVersionAsync(versioned, version, cancellationToken))
            {
                return BlobFailure.NoSuchVersion;
            }

            BlobResult<T> result = await TryAsync(() => request(versioned));
            return result.Failure == BlobFailure.NoSuchBlob ? BlobFailure.NoSuchVersion : result;
        });

    /// <summary>Whether the account returns the requested version. An account without versioning may ignore the version and return the current one.</summary>
    private static async Task<bool> ReturnsVersionAsync(BlobClient blob, string version, CancellationToken cancellationToken)
    {
        try
        {
            Azure.Storage.Blobs.Models.BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return (found.VersionId ?? NoVersion) == version;
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == "InvalidQueryParameterValue")
        {
            return false;
        }
        catch (RequestFailedException refusal) when (Translate(refusal) == BlobFailure.NoSuchBlob)
        {
            return true;
        }
    }

    // Converts the service's errors to results.
    private async Task<BlobResult<T>> TryAsync<T>(Func<Task<BlobResult<T>>> request)
    {
        if (!clients.IsConfigured)
        {
            return BlobFailure.NotConfigured;
        }

        try
        {
            return await request();
        }
        catch (RequestFailedException refusal) when (Translate(refusal) is { } failure)
        {
            return failure;
        }
    }

    private static BlobFailure? Translate(RequestFailedException refusal) => refusal switch
    {
        { ErrorCode: "ContainerNotFound" or "ContainerBeingDeleted" } => BlobFailure.NoSuchContainer,
        { ErrorCode: "BlobNotFound" or "ResourceNotFound" } => BlobFailure.NoSuchBlob,
        { ErrorCode: "InvalidBlockList" } => BlobFailure.NoSuchBlock,
        { Status: 416 } => BlobFailure.NoSuchSlice,
        { ErrorCode: "InvalidResourceName" } => BlobFailure.InvalidContainerName,
        { ErrorCode: "InvalidUri" or "OutOfRangeInput" } => BlobFailure.InvalidName,
        { Status: 409 or 412, ErrorCode: "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet" } => BlobFailure.PreconditionFailed,
        { Status: 403 } => BlobFailure.AccessDenied,
        { Status: 404 } => BlobFailure.NoSuchBlob,
        _ => null,
    };

    private static BlobDownloadOptions Options(BlobSlice slice) => new()
    {
        // An empty blob has no ranges, so a range is only requested for a part.
        Range = slice is { First: 0, Length: null } ? default : new HttpRange(slice.First, slice.Length),
        Conditions = slice.ETag is { } version ? new BlobRequestConditions { IfMatch = new ETag($"\"{version}\"") } : null,
    };

    private static string Bare(ETag etag) => etag.ToString().Trim('"');

    private static Dictionary<string, string> Copy(IDictionary<string, string> metadata) => new(metadata, StringComparer.OrdinalIgnoreCase);
}
