using StepFlow.Integrations.Blobs;

namespace StepFlow.Service.Triggers;

/// <summary>Starts an execution for each version of each blob in a container.</summary>
internal sealed class BlobTrigger(string name, TriggerOptions options, TriggerStarts starts, IBlobStore blobs) : ITrigger
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly NewBlobs _new = new(blobs, options.Container!, options.Prefix);

    public string Name => name;

    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        // A container that does not exist yet has no blobs.
        await _new.PollAsync(blob => StartAsync(blob, cancellationToken), cancellationToken);
        return Pause;
    }

    /// <summary>Starts the execution of a blob that the platform reported. Does nothing if the settings do not select the blob.</summary>
    /// <exception cref="TriggerFailedException">The execution could not be started.</exception>
    public async Task TakeAsync(BlobProperties blob, CancellationToken cancellationToken)
    {
        if (IsSelected(blob.Name))
        {
            TriggerFailedException.ThrowUnlessStarted(name, await StartExecutionAsync(blob, cancellationToken));
        }
    }

    private async Task<bool> StartAsync(BlobProperties blob, CancellationToken cancellationToken) =>
        IsSelected(blob.Name) && TriggerStarts.IsStarted(await StartExecutionAsync(blob, cancellationToken));

    private bool IsSelected(string blob) =>
        blob.StartsWith(options.Prefix ?? string.Empty, StringComparison.Ordinal) && blob.EndsWith(options.Suffix ?? string.Empty, StringComparison.Ordinal);

    private Task<ApiResult> StartExecutionAsync(BlobProperties blob, CancellationToken cancellationToken)
    {
        string version = blob.ETag.Trim('"');
        JsonObject input = JsonObject.Create(("Trigger", name), ("Container", options.Container!), ("Blob", blob.Name), ("ETag", version), ("Size", blob.Length));
        return starts.StartAsync(name, options, $"{options.Container}/{blob.Name} {version}", input, cancellationToken);
    }
}
