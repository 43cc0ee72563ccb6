namespace StepFlow.Runtime.MapRuns;

/// <summary>The parameters of a reading of a Map Run's items.</summary>
public sealed record ItemReading
{
    /// <summary>Where items are read; null where no object storage is configured.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Bytes that the items of files may take in all, decompressed. By default any number.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>Where the reading begins. By default at the first item.</summary>
    public ItemPosition First { get; init; } = ItemPosition.Start;

    /// <summary>The index of the first child that the items give. By default 0.</summary>
    public int FirstChild { get; init; }

    /// <summary>
    /// Stores decompressed copies of compressed files, which can only be read from their start. Readings that begin in
    /// the middle of a file use them. Null, the default: such a reading reads the file from its start.
    /// </summary>
    public IObjectStore? Copies { get; init; }
}
