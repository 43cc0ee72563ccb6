namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// A position before an item of a Map Run. A reading can begin at a position, so earlier items
/// are not read again after an outage or in another process. Positions are small for every source.
/// </summary>
public sealed record ItemPosition
{
    /// <summary>Before the first item.</summary>
    public static ItemPosition Start { get; } = new();

    /// <summary>The index of the item, from 0.</summary>
    public long Item { get; init; }

    /// <summary>
    /// The number of items between the start of <see cref="Record"/> and the item. It is more than 0 only if a source is read in
    /// parts that are larger than items: the row groups of Parquet files, and files that can only be read from their start.
    /// </summary>
    public long Skip { get; init; }

    /// <summary>The file that the record is in.</summary>
    public ItemFile File { get; init; } = ItemFile.First;

    /// <summary>Where in the file the record starts.</summary>
    public RecordStart Record { get; init; }

    /// <summary>Whether it is in the same record as another position of the run.</summary>
    public bool IsInRecordOf(ItemPosition other) => Item - Skip == other.Item - other.Skip;
}
