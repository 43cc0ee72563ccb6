namespace StepFlow.Integrations.Blobs;

/// <summary>What the blob integrations may do. Settings: <c>StepFlow:Blobs:…</c>.</summary>
public sealed class BlobOptions
{
    /// <summary>The containers of buckets whose names are not the containers' own: bucket → container.</summary>
    public IDictionary<string, string> Buckets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Bytes of a blob that a workflow may read into its data: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxReadBytes { get; set; } = 6 * 1024 * 1024;
}
