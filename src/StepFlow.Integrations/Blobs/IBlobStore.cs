namespace StepFlow.Integrations.Blobs;

/// <summary>Blobs in containers: Azure Storage or Azurite, and doubles in tests.</summary>
/// <remarks>A failure in normal use is a <see cref="BlobFailure"/> in the result. Anything else is an exception.</remarks>
public interface IBlobStore
{
    /// <summary>The properties of a blob.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="version">The id of its version; null for the current one. Where the account has no such version, it is <see cref="BlobFailure.NoSuchVersion"/>.</param>
    Task<BlobResult<BlobProperties>> FindAsync(string container, string name, string? version, CancellationToken cancellationToken);

    /// <summary>Opens a blob, or a slice of it, for reading. The caller disposes the content.</summary>
    /// <param name="slice">The bytes to read; null for all.</param>
    Task<BlobResult<BlobContent>> OpenAsync(string container, string name, BlobSlice? slice, CancellationToken cancellationToken);

    /// <summary>Writes a blob as a whole: readers see the old one or the new one, never a part.</summary>
    Task<BlobResult<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken);

    /// <summary>Stores a block of a blob. It counts only once it is committed.</summary>
    /// <param name="name">The blob's name; it need not be there.</param>
    /// <param name="block">The block's id, in Base64; all ids of a blob have the same length.</param>
    Task<BlobResult<bool>> PutBlockAsync(string container, string name, string block, Stream content, CancellationToken cancellationToken);

    /// <summary>Makes a blob of blocks, in their order: readers see the old one or the new one, never a part.</summary>
    Task<BlobResult<BlobProperties>> CommitBlocksAsync(string container, string name, IReadOnlyList<string> blocks, BlobPut put, CancellationToken cancellationToken);

    /// <summary>Copies a blob as a whole.</summary>
    Task<BlobResult<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken);

    /// <summary>Deletes a blob, or one version of it (see <see cref="FindAsync"/>). A blob that does not exist counts as deleted.</summary>
    Task<BlobResult<bool>> DeleteAsync(string container, string name, string? version, CancellationToken cancellationToken);

    /// <summary>The tags of a blob, or of one version of it (see <see cref="FindAsync"/>).</summary>
    Task<BlobResult<IReadOnlyDictionary<string, string>>> FindTagsAsync(string container, string name, string? version, CancellationToken cancellationToken);

    /// <summary>Replaces the tags of a blob, or of one version of it (see <see cref="FindAsync"/>). An empty list removes them.</summary>
    Task<BlobResult<bool>> PutTagsAsync(string container, string name, string? version, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>An address that reads or writes a blob without any other permission, until a time.</summary>
    /// <param name="name">The blob's name; it need not be there.</param>
    /// <param name="writes">Whether it writes; else it reads.</param>
    /// <param name="end">When it ends; with a managed identity at most seven days ahead.</param>
    Task<BlobResult<Uri>> SignAsync(string container, string name, bool writes, DateTimeOffset end, CancellationToken cancellationToken);

    /// <summary>Lists blobs in the order of their names.</summary>
    Task<BlobResult<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken);

    /// <summary>Creates a container unless it is there.</summary>
    Task CreateContainerAsync(string container, CancellationToken cancellationToken);
}
