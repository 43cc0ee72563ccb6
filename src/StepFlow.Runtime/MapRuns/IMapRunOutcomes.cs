using StepFlow.Execution;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Records how the children of one Map Run ended. Calls come from any thread.</summary>
public interface IMapRunOutcomes : IMapRunResults
{
    /// <summary>What was recorded of the run before: a run that is repeated after a crash goes on from there. Called once, first.</summary>
    Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Records a child that has ended, or that is never going to start (its result is null). Waits where too much is to be written.</summary>
    ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken);

    /// <summary>Waits until everything that was added is recorded.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Which children of a Map Run need not run any more.</summary>
public sealed class RecordedOutcomes
{
    private readonly List<byte> _statuses = [];

    /// <summary>Nothing was recorded.</summary>
    public static RecordedOutcomes None { get; } = new();

    /// <summary>How a child ended; null where it is to run.</summary>
    public ExecutionStatus? Find(int index) =>
        index < _statuses.Count && _statuses[index] is > 0 and var status ? (ExecutionStatus)(status - 1) : null;

    /// <summary>Takes note of a child that has ended. Indexes only rise.</summary>
    public void Add(int index, ExecutionStatus status)
    {
        while (_statuses.Count < index)
        {
            _statuses.Add(0);
        }

        _statuses.Add((byte)((int)status + 1));
    }
}
