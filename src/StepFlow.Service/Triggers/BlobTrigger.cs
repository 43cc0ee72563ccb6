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
        await _new.LookAsync(blob => StartAsync(blob, cancellationToken), cancellationToken);
        return Pause;
    }

    private async Task<bool> StartAsync(BlobProperties blob, CancellationToken cancellationToken)
    {
        if (options.Suffix is not null && !blob.Name.EndsWith(options.Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        string version = blob.ETag.Trim('"');
        JsonObject input = JsonObject.Create(("Trigger", name), ("Container", options.Container!), ("Blob", blob.Name), ("ETag", version), ("Size", blob.Length));
        return TriggerStarts.IsStarted(await starts.StartAsync(name, options, $"{options.Container}/{blob.Name} {version}", input, cancellationToken));
    }
}
