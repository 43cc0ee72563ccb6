namespace StepFlow.Runtime.MapRuns;

/// <summary>Keeps the counts of a Map Run. May be read by any thread while it counts.</summary>
/// <param name="progress">How far the run has come so far.</param>
/// <param name="changed">
/// Called after the first change since the counts were last read (<see cref="Read"/>), on the thread that counts; null
/// for none. A run with a million children changes several million times.
/// </param>
public sealed class MapRunTally(MapRunProgress progress, Action<MapRunTally>? changed)
{
    private readonly Lock _gate = new();
    private MapRunCounts _items = progress.Items;
    private MapRunCounts _executions = progress.Executions;
    private bool _isReported;

    public string MapRunArn => progress.MapRunArn;

    /// <summary>How far the run has come.</summary>
    public MapRunProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return progress with { Items = _items, Executions = _executions };
            }
        }
    }

    /// <summary>How far the run has come. The next change is reported again.</summary>
    public MapRunProgress Read()
    {
        lock (_gate)
        {
            _isReported = false;
            return progress with { Items = _items, Executions = _executions };
        }
    }

    /// <summary>More children are known, of so many items together.</summary>
    public void Found(long items, long children = 1)
    {
        lock (_gate)
        {
            _items = _items with { Pending = _items.Pending + items };
            _executions = _executions with { Pending = _executions.Pending + children };
        }

        Changed();
    }

    /// <summary>Children with a number of items start. Negative numbers correct the count of children that no longer run.</summary>
    public void Running(long items, long children = 1)
    {
        lock (_gate)
        {
            _items = Start(_items, items);
            _executions = Start(_executions, children);
        }

        Changed();
    }

    /// <summary>A child of so many items has ended.</summary>
    public void Ended(int items, ExecutionStatus status)
    {
        lock (_gate)
        {
            _items = End(_items, items, status);
            _executions = End(_executions, 1, status);
        }

        Changed();
    }

    /// <summary>Children that counted as pending have ended.</summary>
    /// <param name="items">Their items, by how they ended.</param>
    /// <param name="executions">Their number, by how they ended.</param>
    public void Ended(MapRunCounts items, MapRunCounts executions)
    {
        lock (_gate)
        {
            _items = End(_items, items);
            _executions = End(_executions, executions);
        }

        Changed();
    }

    /// <summary>The results are written.</summary>
    public void Written()
    {
        lock (_gate)
        {
            _items = Write(_items);
            _executions = Write(_executions);
        }

        Changed();
    }

    /// <summary>Whether more items failed than tolerated.</summary>
    /// <param name="settings">The tolerated failures.</param>
    /// <param name="isTotal">Whether all items are known. A percentage needs their number.</param>
    public bool Exceeds(MapRunSettings settings, bool isTotal = true)
    {
        MapRunCounts items;
        lock (_gate)
        {
            items = _items;
        }

        return settings.IsExceeded(items.NotSucceeded, isTotal ? items.Total : null);
    }

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

    private void Changed()
    {
        if (changed is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_isReported)
            {
                return;
            }

            _isReported = true;
        }

        changed(this);
    }
}
