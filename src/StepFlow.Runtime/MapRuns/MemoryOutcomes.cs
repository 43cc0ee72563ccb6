using System.Runtime.CompilerServices;
using StepFlow.Execution;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Holds the outcomes of one Map Run in memory.</summary>
public sealed class MemoryOutcomes : IMapRunOutcomes
{
    private readonly SortedDictionary<int, MapRunEntry> _children = [];

    /// <summary>Outcomes of a run that has not begun.</summary>
    public MemoryOutcomes()
    {
    }

    /// <summary>Outcomes that are there.</summary>
    public MemoryOutcomes(IEnumerable<MapRunEntry> children)
    {
        foreach (MapRunEntry child in children)
        {
            _children[child.Index] = child;
        }
    }

    /// <inheritdoc/>
    public Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(RecordedOutcomes.None);

    /// <inheritdoc/>
    public ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        lock (_children)
        {
            _children[child.Index] = child;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (MapRunEntry child in _children.Values)
        {
            if (child.Index >= from && IsIn(group, child.Result?.Status))
            {
                yield return child;
            }
        }
    }

    private static bool IsIn(OutcomeGroup group, ExecutionStatus? status) => group switch
    {
        OutcomeGroup.Succeeded => status is ExecutionStatus.Succeeded,
        OutcomeGroup.Failed => status is not (null or ExecutionStatus.Succeeded),
        OutcomeGroup.Pending => status is null,
        _ => true,
    };
}
