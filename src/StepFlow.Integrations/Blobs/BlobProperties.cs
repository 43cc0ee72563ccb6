namespace StepFlow.Integrations.Blobs;

/// <summary>The properties of a blob that are known without reading it.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ETag">Its version, without quotes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Metadata">Its metadata; null if it was not requested.</param>
public sealed record BlobProperties(
    string Name,
    long Length,
    string ETag,
    DateTimeOffset LastModified,
    string ContentType,
    IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>The id of its version; null if the account has no versioning.</summary>
    public string? VersionId { get; init; }
}

/// <summary>A blob that is open for reading.</summary>
/// <param name="Properties">Its properties. The length is that of the requested bytes.</param>
/// <param name="Stream">The requested bytes.</param>
public sealed record BlobContent(BlobProperties Properties, Stream Stream) : IAsyncDisposable
{
    /// <summary>The length of the whole blob in bytes.</summary>
    public long WholeLength { get; init; } = Properties.Length;

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>Bytes of a blob that follow each other.</summary>
/// <param name="First">The first, from 0.</param>
/// <param name="Length">How many; null for all that follow.</param>
/// <param name="ETag">The ETag that the blob must have, without quotes; null for any.</param>
/// <param name="VersionId">The id of the version that is read; null for the current one.</param>
public sealed record BlobSlice(long First = 0, long? Length = null, string? ETag = null, string? VersionId = null);

/// <summary>How a blob is written.</summary>
public sealed record BlobPut
{
    /// <summary>The media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Only where no blob has the name.</summary>
    public bool OnlyIfAbsent { get; init; }
}

/// <summary>Which blobs to list.</summary>
public sealed record BlobQuery
{
    /// <summary>Names that begin so; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>Names that share a part up to this text count once, as a prefix; null for none.</summary>
    public string? Delimiter { get; init; }

    /// <summary>At most so many, from 1 to 5000.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>A page of blobs.</summary>
/// <param name="Prefixes">The prefixes that the delimiter grouped.</param>
/// <param name="Next">Where the next page starts; null where this is the last.</param>
public sealed record BlobPage(IReadOnlyList<BlobProperties> Blobs, IReadOnlyList<string> Prefixes, string? Next);

/// <summary>The location of a blob.</summary>
public sealed record BlobPath(string Container, string Name);
