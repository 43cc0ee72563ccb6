namespace StepFlow.Integrations.Blobs;

/// <summary>
/// The versions of a container's blobs that have not been handled yet. The handled ones are only in memory. This saves
/// requests, but the receiver of a version must be able to receive it a second time.
/// </summary>
/// <param name="prefix">The prefix of the blobs' names; null for any.</param>
public sealed class NewBlobs(IBlobStore blobs, string container, string? prefix = null)
{
    private Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    /// <param name="take">Receives a new version of a blob. If it returns false, the version is received again at the next poll.</param>
    /// <returns>How the container could not be listed; <see cref="BlobFailure.None"/> where it could.</returns>
    public async Task<BlobFailure> PollAsync(Func<BlobProperties, Task<bool>> take, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            BlobResult<BlobPage> page = await blobs.ListAsync(container, new() { Prefix = prefix, After = after }, cancellationToken);
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            foreach (BlobProperties blob in page.Value.Blobs)
            {
                if ((_taken.TryGetValue(blob.Name, out string? version) && version == blob.ETag) || await take(blob))
                {
                    taken[blob.Name] = blob.ETag;
                }
            }

            after = page.Value.Next;
        }
        while (after is not null);
        _taken = taken;
        return BlobFailure.None;
    }
}
