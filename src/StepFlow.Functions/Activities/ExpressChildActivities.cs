using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>The activities for the Express children of Map Runs, which run in memory, a page of them in one activity.</summary>
internal sealed class ExpressChildActivities(
    ExecutionStorage storage, InMemoryRunner runner, DurableClients clients, TimeProvider time, [FromKeyedServices(RealTime.Key)] TimeProvider realTime)
{
    /// <summary>After this time an activity starts no more children. An instance of the app that stops loses only the work of this time.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(15);

    /// <summary>After this number of output bytes an activity starts no more children. Outputs are in memory until they are written.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>How often an activity checks whether its children must stop.</summary>
    private static readonly TimeSpan StopInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs the children of a page that have not ended. A repeated call runs no child again whose end it has written.</summary>
    [Function(ActivityNames.RunChildren)]
    public async Task<ChildrenRan> RunAsync(
        [ActivityTrigger] ChildrenRun request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        OpenedMapRun run = await OpenedMapRun.OpenAsync(storage, request.Run, cancellationToken);
        var call = new RangeCall(run.Redrives, request.Part);
        IReadOnlyList<MapRunEntry> page = await storage.MapRunPages.ReadAsync(run.Names, request.Page, cancellationToken);
        PageOutcomes outcomes = await storage.MapRunOutcomes.ReadAsync(run.Names.Arn, request.Page, cancellationToken);
        IReadOnlyList<MapRunEntry> left = outcomes.Left(page, call);
        if (left.Count > 0 && !outcomes.Has(call))
        {
            await RunAsync(run, request, left, cancellationToken);
            ChildOutcome[] ended = [.. left.Where(static child => child.Result is not null).Select(child => ChildOutcome.Of(child, call))];
            if (ended.Length > 0)
            {
                outcomes = await storage.MapRunOutcomes.TryAddAsync(run.Names.Arn, request.Page, outcomes, call, ended, cancellationToken)
                    ?? await storage.MapRunOutcomes.ReadAsync(run.Names.Arn, request.Page, cancellationToken);
            }
        }

        (MapRunCounts items, MapRunCounts executions) = outcomes.Ended(call);
        return new(request.Page, items, executions, ItemCounts.Write(outcomes.Left(page, call).Select(static child => child.Items)));
    }

    /// <summary>Stops the children of a run that run.</summary>
    [Function(ActivityNames.StopExpressChildren)]
    public async Task StopAsync([ActivityTrigger] MapRunTask run, CancellationToken cancellationToken) =>
        await storage.MapRunOutcomes.StopAsync(run.InstanceId, (await OpenedMapRun.OpenAsync(storage, run, cancellationToken)).Names.Arn, cancellationToken);

    private async Task RunAsync(OpenedMapRun run, ChildrenRun request, IReadOnlyList<MapRunEntry> children, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        using ITimer checking = realTime.CreateTimer(_ => _ = CheckAsync(run, stop), null, StopInterval, StopInterval);
        var range = new ChildRange(run.Command, run.Names, new Children(runner, await run.RequestAsync(storage, cancellationToken)), time);
        await range.RunAsync(children, new(request.Concurrency, request.MostFailures, Time, MaxBytes), stop.Token, cancellationToken);
    }

    private async Task CheckAsync(OpenedMapRun run, CancellationTokenSource stop)
    {
        try
        {
            if (await storage.MapRunOutcomes.IsStoppedAsync(run.Task.InstanceId, run.Names.Arn, CancellationToken.None))
            {
                await stop.CancelAsync();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Asked again later; or the children have ended this very moment.
        }
    }

    private sealed class Children(InMemoryRunner runner, ExecutionRequest parent) : IMapRunChildren
    {
        public Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon) =>
            ExpressChild.Start(runner, child, parent, static () => { }, abandon).EndAsync(stop);
    }
}
