namespace StepFlow.Runtime.MapRuns;

/// <summary>Where distributed Maps read items from and write results to: buckets of named objects.</summary>
/// <remarks>
/// What the store refuses (no such bucket or object, no permission, no store configured) is an
/// <see cref="ObjectStoreException"/>; any other exception is an outage, and worth repeating.
/// </remarks>
public interface IObjectStore
{
    /// <summary>Bytes that the items of one Map Run may have, decompressed. By default 512 MiB.</summary>
    long MaxItemBytes => 512L * 1024 * 1024;

    /// <summary>Reads an object.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="read">Reads the content, from its beginning; it ends when this returns.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ObjectStoreException">There is no such object, or it may not be read.</exception>
    Task ReadAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken);

    /// <summary>The objects of a bucket whose keys start with a prefix, in the order of their keys.</summary>
    /// <exception cref="ObjectStoreException">There is no such bucket, or it may not be listed.</exception>
    Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>Writes an object, over one that is there.</summary>
    /// <exception cref="ObjectStoreException">There is no such bucket, or it may not be written to.</exception>
    Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes an object piece by piece, over one that is there. It appears as a whole, once <paramref name="write"/> has returned.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="ObjectStoreException">There is no such bucket, or it may not be written to.</exception>
    async Task<long> WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await write(content, cancellationToken);
        await WriteAsync(address, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
        return content.Length;
    }
}

/// <summary>Where an object is.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">Its version; null for the newest.</param>
public sealed record ObjectAddress(string Bucket, string Key, string? VersionId = null);

/// <summary>What a listing tells of an object (ListObjectsV2).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its ETag, with the quotes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="StorageClass">Its storage class.</param>
public sealed record ObjectSummary(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass = "STANDARD");
