namespace StepFlow.Integrations.Blobs;

/// <summary>Blobs as workflows reach them: by bucket, and only where <see cref="BlobPlaces"/> lets them.</summary>
/// <param name="inner">The storage account.</param>
/// <param name="places">Where workflows may go.</param>
public sealed class WorkflowBlobs(IBlobStore inner, BlobPlaces places) : IBlobStore
{
    /// <inheritdoc/>
    public Task<BlobAnswer<BlobProperties>> FindAsync(string container, string name, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.FindAsync(place.Container, place.Name, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<BlobContent>> OpenAsync(string container, string name, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.OpenAsync(place.Container, place.Name, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.PutAsync(place.Container, place.Name, content, put, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken) =>
        AtAsync(places.Find(source.Container, source.Name), from =>
            AtAsync(places.Find(target.Container, target.Name), to => inner.CopyAsync(from, to, cancellationToken)));

    /// <inheritdoc/>
    public Task<BlobAnswer<bool>> DeleteAsync(string container, string name, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.DeleteAsync(place.Container, place.Name, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<IReadOnlyDictionary<string, string>>> FindTagsAsync(string container, string name, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.FindTagsAsync(place.Container, place.Name, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<bool>> PutTagsAsync(string container, string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.PutTagsAsync(place.Container, place.Name, tags, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<Uri>> SignAsync(string container, string name, bool writes, DateTimeOffset end, CancellationToken cancellationToken) =>
        AtAsync(places.Find(container, name), place => inner.SignAsync(place.Container, place.Name, writes, end, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobAnswer<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken) =>
        AtAsync(places.FindContainer(container), place => inner.ListAsync(place, query, cancellationToken));

    /// <inheritdoc/>
    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) =>
        places.FindContainer(container) is { IsSuccess: true } place
            ? inner.CreateContainerAsync(place.Value, cancellationToken)
            : throw new ArgumentException($"The container '{container}' may not be reached.", nameof(container));

    private static Task<BlobAnswer<T>> AtAsync<TPlace, T>(BlobAnswer<TPlace> place, Func<TPlace, Task<BlobAnswer<T>>> request) =>
        place.IsSuccess ? request(place.Value) : Task.FromResult((BlobAnswer<T>)place.Failure);
}
