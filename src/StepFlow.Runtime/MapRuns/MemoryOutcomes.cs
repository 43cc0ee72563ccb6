using System.Runtime.CompilerServices;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The outcomes of one Map Run in memory.</summary>
public sealed class MemoryOutcomes : IMapRunOutcomes
{
    private readonly SortedDictionary<int, MapRunEntry> _children = [];

    public Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(RecordedOutcomes.None);

    public ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        lock (_children)
        {
            _children[child.Index] = child;
        }

        return ValueTask.CompletedTask;
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (MapRunEntry child in _children.Values)
        {
            if (child.Index >= from && group.Includes(child.Result?.Status))
            {
                yield return child;
            }
        }
    }
}
