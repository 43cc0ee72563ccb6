namespace StepFlow.Runtime.MapRuns;

/// <summary>The child with which the reading of a Map Run's items begins. A run that is repeated begins behind the children that have ended.</summary>
/// <param name="Child">The index of the first child that is read, from 0.</param>
/// <param name="Position">The position of its first item.</param>
public sealed record ReadingStart(int Child, ItemPosition Position)
{
    /// <summary>The reading begins with the first item.</summary>
    public static ReadingStart First { get; } = new(0, ItemPosition.Start);

    /// <summary>The items of the children before it, by how those ended.</summary>
    public MapRunCounts Items { get; init; }

    /// <summary>The children before it, by how they ended.</summary>
    public MapRunCounts Executions { get; init; }
}
