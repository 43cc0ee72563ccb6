namespace StepFlow.Runtime.MapRuns;

/// <summary>Where distributed Maps read items from and write results to: buckets of named objects.</summary>
public interface IObjectStore
{
    /// <summary>An object's bytes; null where there is no such object or bucket.</summary>
    Task<ObjectContent?> ReadAsync(ObjectAddress address, CancellationToken cancellationToken);

    /// <summary>The objects of a bucket whose keys start with a prefix, in the order of their keys.</summary>
    Task<IReadOnlyList<ObjectSummary>> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>Writes an object, over one that is there.</summary>
    Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}

/// <summary>Where an object is.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">Its version; null for the newest.</param>
public sealed record ObjectAddress(string Bucket, string Key, string? VersionId = null);

/// <summary>An object's content.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record ObjectContent(ReadOnlyMemory<byte> Bytes);

/// <summary>What a listing tells of an object (ListObjectsV2).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its ETag, with the quotes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="StorageClass">Its storage class.</param>
public sealed record ObjectSummary(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass = "STANDARD");
