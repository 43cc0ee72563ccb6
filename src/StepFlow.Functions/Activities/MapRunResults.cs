using System.Runtime.CompilerServices;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>The outcomes of the children of a Map Run, page by page. A few pages are read ahead, and no more are in memory.</summary>
internal sealed class MapRunResults(ExecutionStorage storage, AzureExecutionHost host, OpenedMapRun run, MapRunFinish finish, TimeProvider time) : IMapRunResults
{
    private const int MaxAhead = 8;

    public async IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsEmpty(group))
        {
            yield break;
        }

        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<IReadOnlyList<MapRunEntry>>>();
        try
        {
            int page = MapRunPages.PageOf(from);
            for (int most = 1; page < finish.Pages || ahead.Count > 0; most = Math.Min(2 * most, MaxAhead))
            {
                while (ahead.Count < most && page < finish.Pages)
                {
                    ahead.Enqueue(ReadAsync(page++, abandon.Token));
                }

                foreach (MapRunEntry child in await ahead.Dequeue())
                {
                    if (child.Index >= from && group.Includes(child.Result?.Status))
                    {
                        yield return child;
                    }
                }
            }
        }
        finally
        {
            await abandon.CancelAsync();
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsEmpty(OutcomeGroup group) => group switch
    {
        OutcomeGroup.Failed => finish.Progress.Executions.NotSucceeded == 0,
        OutcomeGroup.Pending => finish.Progress.Executions.Pending == 0,
        _ => false,
    };

    private async Task<IReadOnlyList<MapRunEntry>> ReadAsync(int page, CancellationToken cancellationToken)
    {
        IReadOnlyList<MapRunEntry> children = await storage.MapRunPages.ReadAsync(run.Names, page, cancellationToken);
        if (!run.Command.State.IsExpress)
        {
            await ParallelWork.ForEachAsync(children, ReadStandardAsync, cancellationToken);
            return children;
        }

        PageOutcomes outcomes = await storage.MapRunOutcomes.ReadAsync(run.Names.Arn, page, cancellationToken);
        foreach (MapRunEntry child in children)
        {
            if (outcomes.Outcomes.TryGetValue(child.Index, out ChildOutcome? outcome))
            {
                child.StartTime = outcome.StartTime;
                child.Result = outcome.Result;
            }
        }

        return children;
    }

    private async ValueTask ReadStandardAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        if (await host.FindAsync(child.ExecutionArn, cancellationToken) is { Status: not ExecutionStatus.Running } ended)
        {
            child.StartTime = ended.Start.StartTime;
            child.Result = MapRunChildResult.Of(ended, time);
        }
    }
}
