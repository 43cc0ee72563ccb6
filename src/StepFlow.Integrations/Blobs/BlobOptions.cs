namespace StepFlow.Integrations.Blobs;

/// <summary>What the blob integrations may do. Settings: <c>StepFlow:Blobs:…</c>.</summary>
public sealed class BlobOptions
{
    /// <summary>The containers of buckets whose names are not the containers' own: bucket → container.</summary>
    public IDictionary<string, string> Buckets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The containers that workflows may reach: names, with <c>*</c> for any text. Empty for every container of the account
    /// but the host's own; a container that <see cref="Buckets"/> names may be reached in any case.
    /// </summary>
    public IList<string> Containers { get; init; } = [];

    /// <summary>
    /// Bytes that the items of one distributed Map may have where its ItemReader reads them, decompressed: 1 MiB to 64 GiB,
    /// by default 512 MiB. An item counts at least 256 bytes.
    /// </summary>
    public long MaxItemBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Bytes of a blob that a workflow may read into its data: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxReadBytes { get; set; } = 6 * 1024 * 1024;
}
