using StepFlow.Execution;

namespace StepFlow.Service.MapRuns;

/// <summary>Keeps the counts of a Map Run and tells who wants to know.</summary>
internal sealed class MapRunTally(string arn, MapRunSettings settings, Action<MapRunProgress>? told)
{
    private MapRunCounts _items = new();
    private MapRunCounts _executions = new();

    public void Plan(IReadOnlyList<MapRunEntry> entries)
    {
        _items = new() { Pending = entries.Sum(entry => (long)entry.Items) };
        _executions = new() { Pending = entries.Count };
        Tell();
    }

    public void Running(MapRunEntry entry)
    {
        _items = _items with { Pending = _items.Pending - entry.Items, Running = _items.Running + entry.Items };
        _executions = _executions with { Pending = _executions.Pending - 1, Running = _executions.Running + 1 };
        Tell();
    }

    public void Ended(MapRunEntry entry, ExecutionStatus status)
    {
        _items = Move(_items, entry.Items, status);
        _executions = Move(_executions, 1, status);
        Tell();
    }

    public void Written()
    {
        _items = _items with { ResultsWritten = _items.Total - _items.Pending };
        _executions = _executions with { ResultsWritten = _executions.Total - _executions.Pending };
        Tell();
    }

    private static MapRunCounts Move(MapRunCounts counts, int number, ExecutionStatus status)
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

    private void Tell() => told?.Invoke(new(arn, _items, _executions) { Settings = settings });
}
