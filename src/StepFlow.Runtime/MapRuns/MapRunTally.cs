using StepFlow.Execution;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Keeps the counts of a Map Run and tells who wants to know.</summary>
/// <param name="progress">How far the run has come so far.</param>
/// <param name="told">Told after every change; null for nobody.</param>
public sealed class MapRunTally(MapRunProgress progress, Action<MapRunProgress>? told)
{
    /// <summary>How far the run has come.</summary>
    public MapRunProgress Progress { get; private set; } = progress;

    private MapRunCounts Items => Progress.Items;

    private MapRunCounts Executions => Progress.Executions;

    /// <summary>The children are known.</summary>
    /// <param name="items">How many items each has.</param>
    public void Plan(IReadOnlyCollection<int> items) =>
        Tell(new() { Pending = items.Sum(static count => (long)count) }, new() { Pending = items.Count });

    /// <summary>Another child of so many items is known.</summary>
    public void Found(int items) => Tell(Items with { Pending = Items.Pending + items }, Executions with { Pending = Executions.Pending + 1 });

    /// <summary>A child of so many items starts.</summary>
    public void Running(int items) => Tell(Start(Items, items), Start(Executions, 1));

    /// <summary>A child of so many items has ended.</summary>
    public void Ended(int items, ExecutionStatus status) => Tell(End(Items, items, status), End(Executions, 1, status));

    /// <summary>The results are written.</summary>
    public void Written() => Tell(Write(Items), Write(Executions));

    /// <summary>Whether more items failed than tolerated.</summary>
    /// <param name="settings">What is tolerated.</param>
    /// <param name="isTotal">Whether all items are known: a percentage needs their number.</param>
    public bool Exceeds(MapRunSettings settings, bool isTotal = true) =>
        settings.IsExceeded(Items.Failed + Items.TimedOut + Items.Aborted, isTotal ? Items.Total : null);

    private static MapRunCounts Start(MapRunCounts counts, int number) =>
        counts with { Pending = counts.Pending - number, Running = counts.Running + number };

    private static MapRunCounts End(MapRunCounts counts, int number, ExecutionStatus status)
    {
        counts = counts with { Running = counts.Running - number };
        return status switch
        {
            ExecutionStatus.Succeeded => counts with { Succeeded = counts.Succeeded + number },
            ExecutionStatus.TimedOut => counts with { TimedOut = counts.TimedOut + number },
            ExecutionStatus.Aborted => counts with { Aborted = counts.Aborted + number },
            _ => counts with { Failed = counts.Failed + number },
        };
    }

    private static MapRunCounts Write(MapRunCounts counts) => counts with { ResultsWritten = counts.Total - counts.Pending };

    private void Tell(MapRunCounts items, MapRunCounts executions)
    {
        Progress = Progress with { Items = items, Executions = executions };
        told?.Invoke(Progress);
    }
}
