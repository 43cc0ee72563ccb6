using StepFlow.Integrations.Blobs;
using StepFlow.Language.Json;

namespace StepFlow.Service.Triggers;

/// <summary>Starts an execution for each version of each blob in a container.</summary>
internal sealed class BlobTrigger(string name, TriggerOptions options, TriggerStarts starts, IBlobStore blobs) : ITrigger
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // What has its execution: spares the question to the service, nothing more.
    private Dictionary<string, string> _started = new(StringComparer.Ordinal);

    public string Name => name;

    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var started = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            BlobResult<BlobPage> page = await blobs.ListAsync(options.Container!, new() { Prefix = options.Prefix, After = after }, cancellationToken);
            if (!page.IsSuccess)
            {
                // The container is not there yet.
                return Pause;
            }

            foreach (BlobProperties blob in page.Value.Blobs.Where(blob => options.Suffix is null || blob.Name.EndsWith(options.Suffix, StringComparison.Ordinal)))
            {
                string version = blob.ETag.Trim('"');
                if ((_started.TryGetValue(blob.Name, out string? known) && known == version) || TriggerStarts.IsStarted(await starts.StartAsync(
                    name,
                    options,
                    $"{options.Container}/{blob.Name} {version}",
                    JsonObject.Create(("Trigger", name), ("Container", options.Container!), ("Blob", blob.Name), ("ETag", version), ("Size", blob.Length)),
                    cancellationToken)))
                {
                    started[blob.Name] = version;
                }
            }

            after = page.Value.Next;
        }
        while (after is not null);
        _started = started;
        return Pause;
    }
}
