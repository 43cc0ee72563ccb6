namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// A position among the items of a Map Run: before an item. A reading can begin at a position, so what was read before it
/// is not read again: after an outage, or in another process. Positions are small, whatever the source.
/// </summary>
public sealed record ItemPosition
{
    /// <summary>Before the first item.</summary>
    public static ItemPosition Start { get; } = new();

    /// <summary>The index of the item, from 0.</summary>
    public long Item { get; init; }

    /// <summary>
    /// How many items are between the start of <see cref="Record"/> and the item. More than 0 only where a source is read in
    /// larger parts than items: the row groups of Parquet files, and files that can only be read from their start.
    /// </summary>
    public long Skip { get; init; }

    /// <summary>The file that the record is in.</summary>
    public ItemFile File { get; init; } = ItemFile.First;

    /// <summary>Where in the file the record starts.</summary>
    public RecordStart Record { get; init; }

    /// <summary>Whether it is in the same record as another position of the run.</summary>
    public bool IsInRecordOf(ItemPosition other) => Item - Skip == other.Item - other.Skip;
}
