namespace StepFlow.Runtime.MapRuns;

/// <summary>The recorded outcomes of a Map Run that is repeated: which children do not run again, and where the reading of its items continues.</summary>
public sealed class RecordedOutcomes
{
    private readonly List<byte> _statuses = [];

    /// <summary>Nothing was recorded.</summary>
    public static RecordedOutcomes None { get; } = new();

    /// <summary>Where the reading of the items continues. All children before it have ended.</summary>
    public ReadingStart Start { get; set; } = ReadingStart.First;

    /// <summary>The number of children, counted from the first one, that have all ended.</summary>
    public int EndedFromFirst { get; private set; }

    /// <summary>How a child ended; null where it is to run.</summary>
    public ExecutionStatus? Find(int index) =>
        index < _statuses.Count && _statuses[index] is > 0 and var status ? (ExecutionStatus)(status - 1) : null;

    /// <summary>Adds a child that has ended. Each index must be greater than the one before.</summary>
    public void Add(int index, ExecutionStatus status)
    {
        while (_statuses.Count < index)
        {
            _statuses.Add(0);
        }

        _statuses.Add((byte)((int)status + 1));
        EndedFromFirst = EndedFromFirst == index ? index + 1 : EndedFromFirst;
    }
}
