namespace StepFlow.Integrations.Blobs;

/// <summary>Reading the current version of a blob as a whole.</summary>
public static class BlobStoreExtensions
{
    /// <summary>Opens a blob for reading: <see cref="IBlobStore.OpenAsync"/> without a slice.</summary>
    public static Task<BlobResult<BlobContent>> OpenAsync(this IBlobStore store, string container, string name, CancellationToken cancellationToken) =>
        store.OpenAsync(container, name, null, cancellationToken);

    /// <summary>The properties of a blob: <see cref="IBlobStore.FindAsync"/> of its current version.</summary>
    public static Task<BlobResult<BlobProperties>> FindAsync(this IBlobStore store, string container, string name, CancellationToken cancellationToken) =>
        store.FindAsync(container, name, null, cancellationToken);
}
