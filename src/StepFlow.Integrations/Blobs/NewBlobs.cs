namespace StepFlow.Integrations.Blobs;

/// <summary>
/// The versions of a container's blobs that nothing was done for yet. What was seen is in memory only: it spares
/// questions, and whoever takes a version has to be able to meet it a second time.
/// </summary>
/// <param name="prefix">What the blobs' names begin with; null for any.</param>
public sealed class NewBlobs(IBlobStore blobs, string container, string? prefix = null)
{
    private Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    /// <param name="take">Takes a new version of a blob; false leaves it for the next look.</param>
    /// <returns>How the container could not be listed; <see cref="BlobFailure.None"/> where it could.</returns>
    public async Task<BlobFailure> LookAsync(Func<BlobProperties, Task<bool>> take, CancellationToken cancellationToken)
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
