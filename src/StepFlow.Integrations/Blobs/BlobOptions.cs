namespace StepFlow.Integrations.Blobs;

/// <summary>What the blob integrations may do. Settings: <c>StepFlow:Blobs:…</c>.</summary>
public sealed class BlobOptions
{
    /// <summary>Maps buckets to containers, where their names differ: bucket → container.</summary>
    public IDictionary<string, string> Buckets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The containers that workflows can access: names, with <c>*</c> for any text. Empty for every container of the account
    /// except the host's own. Containers in <see cref="Buckets"/> are always accessible.
    /// </summary>
    public IList<string> Containers { get; init; } = [];

    /// <summary>
    /// Maximum bytes of the items that the ItemReader of one distributed Map reads, decompressed: 1 MiB to 64 GiB, by default
    /// 512 MiB. Each item counts as at least 256 bytes.
    /// </summary>
    public long MaxItemBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Maximum bytes of a blob that a workflow can read into its data: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxReadBytes { get; set; } = 6 * 1024 * 1024;
}
