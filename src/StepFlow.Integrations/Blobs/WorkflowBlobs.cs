namespace StepFlow.Integrations.Blobs;

/// <summary>The blobs that workflows can access: by bucket, and only if <see cref="BlobLocations"/> permits it.</summary>
/// <param name="inner">The storage account.</param>
/// <param name="locations">Where workflows may go.</param>
public sealed class WorkflowBlobs(IBlobStore inner, BlobLocations locations) : IBlobStore
{
    /// <summary>The blobs of other identities; null if there are none.</summary>
    internal IdentityBlobs? Identities { get; init; }

    /// <summary>The name of the identity that a task's <c>Credentials</c> choose; null for none.</summary>
    internal string? IdentityOf(TaskCall call) => Identities?.NameOf(call);

    /// <summary>The blobs as a task reaches them: with the identity that its <c>Credentials</c> choose.</summary>
    internal WorkflowBlobs For(TaskCall call) => As(IdentityOf(call));

    /// <summary>The blobs as an identity reaches them.</summary>
    /// <param name="identity">The identity's name; null for the host itself.</param>
    internal WorkflowBlobs As(string? identity) => identity is not null && Identities is { } others ? new(others.Of(identity), locations) : this;

    public Task<BlobResult<BlobProperties>> FindAsync(string container, string name, string? version, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.FindAsync(location.Container, location.Name, version, cancellationToken));

    public Task<BlobResult<BlobContent>> OpenAsync(string container, string name, BlobSlice? slice, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.OpenAsync(location.Container, location.Name, slice, cancellationToken));

    public Task<BlobResult<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.PutAsync(location.Container, location.Name, content, put, cancellationToken));

    public Task<BlobResult<bool>> PutBlockAsync(string container, string name, string block, Stream content, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.PutBlockAsync(location.Container, location.Name, block, content, cancellationToken));

    public Task<BlobResult<BlobProperties>> CommitBlocksAsync(string container, string name, IReadOnlyList<string> blocks, BlobPut put, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.CommitBlocksAsync(location.Container, location.Name, blocks, put, cancellationToken));

    public Task<BlobResult<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(source.Container, source.Name), from =>
            AtAsync(locations.Find(target.Container, target.Name), to => inner.CopyAsync(from, to, cancellationToken)));

    public Task<BlobResult<bool>> DeleteAsync(string container, string name, string? version, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.DeleteAsync(location.Container, location.Name, version, cancellationToken));

    public Task<BlobResult<IReadOnlyDictionary<string, string>>> FindTagsAsync(string container, string name, string? version, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.FindTagsAsync(location.Container, location.Name, version, cancellationToken));

    public Task<BlobResult<bool>> PutTagsAsync(string container, string name, string? version, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.PutTagsAsync(location.Container, location.Name, version, tags, cancellationToken));

    public Task<BlobResult<Uri>> SignAsync(string container, string name, bool writes, DateTimeOffset end, CancellationToken cancellationToken) =>
        AtAsync(locations.Find(container, name), location => inner.SignAsync(location.Container, location.Name, writes, end, cancellationToken));

    public Task<BlobResult<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken) =>
        AtAsync(locations.FindContainer(container), location => inner.ListAsync(location, query, cancellationToken));

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) =>
        locations.FindContainer(container) is { IsSuccess: true } location
            ? inner.CreateContainerAsync(location.Value, cancellationToken)
            : throw new ArgumentException($"Workflows cannot access the container '{container}'.", nameof(container));

    private static Task<BlobResult<T>> AtAsync<TLocation, T>(BlobResult<TLocation> location, Func<TLocation, Task<BlobResult<T>>> request) =>
        location.IsSuccess ? request(location.Value) : Task.FromResult((BlobResult<T>)location.Failure);
}
