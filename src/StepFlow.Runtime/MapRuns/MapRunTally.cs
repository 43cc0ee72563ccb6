using StepFlow.Execution;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Keeps the counts of a Map Run and tells who wants to know.</summary>
/// <param name="progress">How far the run has come so far.</param>
/// <param name="onChange">Told after every change; null for nobody.</param>
public sealed class MapRunTally(MapRunProgress progress, Action<MapRunProgress>? onChange)
{
    /// <summary>How far the run has come.</summary>
    public MapRunProgress Progress { get; private set; } = progress;

    private MapRunCounts Items => Progress.Items;

    private MapRunCounts Executions => Progress.Executions;

    /// <summary>More children are known, of so many items together.</summary>
    public void Found(long items, long children = 1) =>
        Update(Items with { Pending = Items.Pending + items }, Executions with { Pending = Executions.Pending + children });

    /// <summary>Children of so many items together start; those that are found not to run any more count the other way.</summary>
    public void Running(long items, long children = 1) => Update(Start(Items, items), Start(Executions, children));

    /// <summary>A child of so many items has ended.</summary>
    public void Ended(int items, ExecutionStatus status) => Update(End(Items, items, status), End(Executions, 1, status));

    /// <summary>Children that counted as pending have ended.</summary>
    /// <param name="items">Their items, by how they ended.</param>
    /// <param name="executions">Their number, by how they ended.</param>
    public void Ended(MapRunCounts items, MapRunCounts executions) => Update(End(Items, items), End(Executions, executions));

    /// <summary>The results are written.</summary>
    public void Written() => Update(Write(Items), Write(Executions));

    /// <summary>Whether more items failed than tolerated.</summary>
    /// <param name="settings">What is tolerated.</param>
    /// <param name="isTotal">Whether all items are known: a percentage needs their number.</param>
    public bool Exceeds(MapRunSettings settings, bool isTotal = true) =>
        settings.IsExceeded(Items.NotSucceeded, isTotal ? Items.Total : null);

    private static MapRunCounts Start(MapRunCounts counts, long number) =>
        counts with { Pending = counts.Pending - number, Running = counts.Running + number };

    private static MapRunCounts End(MapRunCounts counts, int number, ExecutionStatus status) =>
        (counts with { Running = counts.Running - number }).With(number, status);

    private static MapRunCounts End(MapRunCounts counts, MapRunCounts ended) => counts with
    {
        Pending = counts.Pending - ended.Total,
        Succeeded = counts.Succeeded + ended.Succeeded,
        Failed = counts.Failed + ended.Failed,
        TimedOut = counts.TimedOut + ended.TimedOut,
        Aborted = counts.Aborted + ended.Aborted,
    };

    private static MapRunCounts Write(MapRunCounts counts) => counts with { ResultsWritten = counts.Total - counts.Pending };

    private void Update(MapRunCounts items, MapRunCounts executions)
    {
        Progress = Progress with { Items = items, Executions = executions };
        onChange?.Invoke(Progress);
    }
}
