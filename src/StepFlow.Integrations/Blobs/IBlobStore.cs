namespace StepFlow.Integrations.Blobs;

/// <summary>Blobs in containers. Azure Storage (or Azurite) behind it; tests may bring their own.</summary>
/// <remarks>What a caller may meet in normal use is an answer's <see cref="BlobFailure"/>; anything else is an exception.</remarks>
public interface IBlobStore
{
    /// <summary>What is known of a blob.</summary>
    Task<BlobAnswer<BlobProperties>> FindAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading. The caller disposes the content.</summary>
    Task<BlobAnswer<BlobContent>> OpenAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Writes a blob as a whole: readers see the old one or the new one, never a part.</summary>
    Task<BlobAnswer<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken);

    /// <summary>Copies a blob as a whole.</summary>
    Task<BlobAnswer<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken);

    /// <summary>Deletes a blob. One that is not there is deleted already.</summary>
    Task<BlobAnswer<bool>> DeleteAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Lists blobs in the order of their names.</summary>
    Task<BlobAnswer<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken);

    /// <summary>Creates a container unless it is there.</summary>
    Task CreateContainerAsync(string container, CancellationToken cancellationToken);
}
