using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>The activities for the Standard children of Map Runs. Each child is an orchestration.</summary>
internal sealed class StandardChildActivities(
    ExecutionStorage storage, OrchestrationStarts starts, AzureExecutionHost host, DurableClients clients, TimeProvider time)
{
    private const int MaxEnded = 1000;

    /// <summary>Starts children. Those of a redriven run continue where they failed.</summary>
    /// <returns>The children that have ended already.</returns>
    [Function(ActivityNames.StartChildren)]
    public async Task<IReadOnlyList<EndedChild>> StartAsync(
        [ActivityTrigger] ChildrenStart request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        OpenedMapRun run = await OpenedMapRun.OpenAsync(storage, request.Run, cancellationToken);
        ExecutionRequest parent = await run.RequestAsync(storage, cancellationToken);
        string definition = run.Names.ChildDefinition();
        IReadOnlyList<MapRunEntry> page = await storage.MapRunPages.ReadAsync(run.Names, request.Page, cancellationToken);
        var ended = new ConcurrentBag<EndedChild>();
        await ParallelWork.ForEachAsync(
            page.Where(child => child.Index >= request.First).Take(request.Count),
            async (entry, token) =>
            {
                var child = new MapChild(request.Run.InstanceId, entry.Index, entry.Items);
                if (run.Command.RedrivenMapRunArn is not null && await starts.RedriveChildAsync(entry.ExecutionArn, child, token) is { } redriven)
                {
                    if (RecordJson.Status(redriven) is var status and not ExecutionStatus.Running)
                    {
                        ended.Add(new(entry.Index, status, entry.Items));
                    }

                    return;
                }

                await starts.StartAsync(parent.ForChild(run.Names.ChildStart(entry, time.GetUtcNow()), definition), child, token);
            },
            cancellationToken);
        return [.. ended];
    }

    /// <summary>Stops children.</summary>
    /// <returns>Those that had ended before.</returns>
    [Function(ActivityNames.StopChildren)]
    public async Task<IReadOnlyList<EndedChild>> StopAsync(
        [ActivityTrigger] ChildrenNamed children, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return await EndedAmongAsync(
            children, (arn, token) => host.SignalAsync(arn, new Stop(time.GetUtcNow(), null, null), token), cancellationToken);
    }

    /// <summary>The children that have ended, among some; also those whose orchestrations broke down. A child that was never scheduled is.</summary>
    [Function(ActivityNames.FindEndedChildren)]
    public async Task<IReadOnlyList<EndedChild>> FindEndedAsync(
        [ActivityTrigger] ChildrenNamed children, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return await EndedAmongAsync(children, starts.ScheduleAsync, cancellationToken);
    }

    /// <summary>The children that have ended, among some to which something is done first.</summary>
    private async Task<IReadOnlyList<EndedChild>> EndedAmongAsync(
        ChildrenNamed children, Func<string, CancellationToken, Task> perform, CancellationToken cancellationToken)
    {
        MapRunNames names = (await OpenedMapRun.OpenAsync(storage, children.Run, cancellationToken)).Names;
        string indexes = (await storage.ReadTextAsync(children.Indexes, cancellationToken))!;
        var ended = new ConcurrentBag<EndedChild>();
        await ParallelWork.ForEachAsync(
            IndexSet.Read(indexes).All(),
            async (index, token) =>
            {
                string arn = names.Entry(index, JsonValue.Null, 0, null).ExecutionArn;
                await perform(arn, token);
                MapChild? child = await ChildAsync(arn, token);
                if (child is not null && await host.FindAsync(arn, token) is { Status: not ExecutionStatus.Running } found
                    && (child.InstanceId == children.Run.InstanceId || found.Status == ExecutionStatus.Succeeded))
                {
                    ended.Add(new(index, found.Status, child.Items));
                }
            },
            cancellationToken);

        // The others are found the next time, because a message must be small.
        return [.. ended.OrderBy(child => child.Index).Take(MaxEnded)];
    }

    /// <summary>The run of a child. A child that is being redriven has its previous end until the redrive has reached it.</summary>
    private async Task<MapChild?> ChildAsync(string executionArn, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _) ? RecordJson.MapChild(record) : null;
}
