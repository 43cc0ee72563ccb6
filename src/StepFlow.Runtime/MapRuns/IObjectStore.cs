namespace StepFlow.Runtime.MapRuns;

/// <summary>Where distributed Maps read items from and write results to: buckets of named objects.</summary>
/// <remarks>
/// A request that the store rejects (no such bucket or object, no permission, no store configured) gives an
/// <see cref="ObjectStoreException"/>. Any other exception is an outage, and the request can be repeated.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The maximum size of all items of one Map Run, decompressed, in bytes. By default 512 MiB.</summary>
    long MaxItemBytes => 512L * 1024 * 1024;

    /// <summary>Reads an object, or a slice of it.</summary>
    /// <param name="slice">The bytes to read.</param>
    /// <param name="read">Reads the content; it ends when this returns.</param>
    /// <exception cref="ObjectStoreException">The object or its version does not exist, cannot be read, or has another version than the slice.</exception>
    Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken);

    /// <summary>A page of the objects of a bucket whose keys start with a prefix, in the order of their keys.</summary>
    /// <param name="prefix">The prefix of the keys; empty for all.</param>
    /// <param name="page">The page, from <see cref="ObjectPage.Next"/> of the page before; null for the first.</param>
    /// <exception cref="ObjectStoreException">The bucket does not exist, or cannot be listed.</exception>
    Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken);

    /// <summary>Writes an object, over one that is there.</summary>
    /// <exception cref="ObjectStoreException">The bucket does not exist, or cannot be written to.</exception>
    Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes an object piece by piece, over one that is there. It appears as a whole, once <paramref name="write"/> has returned.</summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ObjectStoreException">The bucket does not exist, or cannot be written to.</exception>
    async Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await write(content, cancellationToken);
        await WriteAsync(address, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
    }
}

/// <summary>Where an object is.</summary>
/// <param name="VersionId">The id of the version that is read; null for the current one.</param>
public sealed record ObjectAddress(string Bucket, string Key, string? VersionId = null);

/// <summary>Bytes of an object that follow each other.</summary>
/// <param name="First">The first, from 0.</param>
/// <param name="Length">How many; null for all that follow.</param>
/// <param name="Version">The version that the object must have, as <see cref="ObjectContent.Version"/>; null for any.</param>
public sealed record ObjectSlice(long First = 0, long? Length = null, string? Version = null);

/// <summary>An object that is open for reading.</summary>
/// <param name="Stream">The requested bytes.</param>
/// <param name="Version">The object's version: another content has another one.</param>
/// <param name="Size">How many bytes the whole object has.</param>
public sealed record ObjectContent(Stream Stream, string Version, long Size);

/// <summary>A page of a listing.</summary>
/// <param name="Objects">The objects, in the order of their keys.</param>
/// <param name="Next">The next page, in a form that the store defines; null if this is the last.</param>
public sealed record ObjectPage(IReadOnlyList<ObjectSummary> Objects, string? Next = null);

/// <summary>An object in a listing (ListObjectsV2).</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its ETag, with the quotes.</param>
/// <param name="LastModified">When it was written.</param>
public sealed record ObjectSummary(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass = "STANDARD");
