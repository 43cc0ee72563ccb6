using System.Collections.Concurrent;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Activities;

/// <summary>The activities of Map Runs: everything that an orchestration may not do itself.</summary>
internal sealed class MapRunActivities(
    ExecutionStorage storage, OrchestrationStarts starts, AzureExecutionHost host, MapRunStore runs, IObjectStore objects, DurableClients clients, TimeProvider time)
{
    private const int ParallelChildren = 16;
    private const int MostEnded = 1000;

    /// <summary>Works out the children of a run, and keeps them.</summary>
    [Function(ActivityNames.PlanMapRun)]
    public async Task<MapRunPlanned> PlanAsync([ActivityTrigger] MapRunTask run, CancellationToken cancellationToken)
    {
        (StartMapRun command, ExecutionStart parent, MapRunNames names) = await OpenAsync(run, cancellationToken);
        await BeginAsync(run, command, names, cancellationToken);
        Outcome<IReadOnlyList<MapRunEntry>> plan = await MapRunPlan.MakeAsync(command, names, parent, objects, time, cancellationToken);
        if (!plan.IsSuccess)
        {
            await EndAsync(names, MapRunRecord.Failed, null, cancellationToken);
            return new() { Failure = await FailureAsync(plan.Error, cancellationToken) };
        }

        return new()
        {
            Children = plan.Value.Count,
            Items = await storage.StoreAsync(Encoding.UTF8.GetBytes(ItemCounts.Write(plan.Value.Select(entry => entry.Items))), cancellationToken),
            Pages = await MapRunPages.WriteAsync(storage, plan.Value, cancellationToken),
        };
    }

    /// <summary>Starts children; those of a redriven run go on from where they failed.</summary>
    /// <returns>The children that have ended already.</returns>
    [Function(ActivityNames.StartChildren)]
    public async Task<IReadOnlyList<EndedChild>> StartAsync(
        [ActivityTrigger] ChildrenStart request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        MapRunTask run = request.Run;
        (StartMapRun command, _, MapRunNames names) = await OpenAsync(run, cancellationToken);
        if (await storage.Records.FindAsync(run.ExecutionArn, cancellationToken) is not var (json, _))
        {
            throw new InvalidOperationException($"{run.ExecutionArn} has no record.");
        }

        ExecutionRecord parent = RecordJson.Read(json);
        string definition = names.ChildDefinition();
        var ended = new ConcurrentBag<EndedChild>();
        await ForEachAsync(
            await MapRunPages.ReadAsync(storage, request.Pages, names, request.First, request.Count, cancellationToken),
            async (entry, token) =>
            {
                var child = new MapChild(run.InstanceId, entry.Index);
                if (command.RedrivenMapRunArn is not null && await starts.RedriveChildAsync(entry.ExecutionArn, child, token) is { } redriven)
                {
                    if (RecordJson.Status(redriven) is var status and not ExecutionStatus.Running)
                    {
                        ended.Add(new(entry.Index, status));
                    }

                    return;
                }

                var start = new ExecutionRequest(names.ChildStart(entry, time.GetUtcNow()), definition)
                {
                    ParentExecutionArn = run.ExecutionArn,
                    Configuration = parent.Request.Configuration,
                    MockTestCase = parent.Request.MockTestCase,
                    TraceHeader = parent.Request.TraceHeader,
                };
                await starts.StartAsync(start, child, token);
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

    /// <summary>Writes the results of a run that has ended.</summary>
    [Function(ActivityNames.FinishMapRun)]
    public async Task<MapRunEnd> FinishAsync([ActivityTrigger] MapRunFinish finish, CancellationToken cancellationToken)
    {
        (StartMapRun command, _, MapRunNames names) = await OpenAsync(finish.Run, cancellationToken);
        if (finish.Stop == MapRunStop.Aborted)
        {
            await EndAsync(names, MapRunRecord.Aborted, finish.Progress, cancellationToken);
            return new() { Time = time.GetUtcNow() };
        }

        IReadOnlyList<MapRunEntry> entries = await MapRunPages.ReadAsync(storage, finish.Pages, names, 0, int.MaxValue, cancellationToken);
        await ForEachAsync(entries.Take(finish.Started), ReadResultAsync, cancellationToken);
        Outcome<JsonValue> result = await new MapResultWriter(command, names, objects, time).WriteAsync(new MemoryOutcomes(entries), cancellationToken);
        StatesError? error = finish.Stop == MapRunStop.TooManyFailures ? MapRunErrors.TooManyFailures() : result.Error;
        if (error is not null)
        {
            await EndAsync(names, MapRunRecord.Failed, finish.Progress, cancellationToken);
            return await FailureAsync(error, cancellationToken);
        }

        var tally = new MapRunTally(finish.Progress, null);
        tally.Written();
        await EndAsync(names, MapRunRecord.Succeeded, tally.Progress, cancellationToken);
        return new() { Time = time.GetUtcNow(), Result = await storage.StoreResultAsync(result.Value!, cancellationToken) };
    }

    private static async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> perform, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = ParallelChildren, CancellationToken = cancellationToken }, perform);

    private async Task<(StartMapRun Command, ExecutionStart Parent, MapRunNames Names)> OpenAsync(MapRunTask run, CancellationToken cancellationToken)
    {
        string definition = (await storage.ReadTextAsync(run.Definition, cancellationToken))!;
        byte[] snapshot = await storage.ReadUtf8Async(run.Snapshot, cancellationToken);
        var execution = WorkflowExecution.Restore(CompiledMachines.Get(definition), snapshot);
        StartMapRun command = execution.Outstanding.OfType<StartMapRun>().Single(command => command.Id == run.CommandId);
        return (command, execution.StartedWith, new(execution.StartedWith, command));
    }

    /// <summary>The children that have ended, among some to which something is done first.</summary>
    private async Task<IReadOnlyList<EndedChild>> EndedAmongAsync(
        ChildrenNamed children, Func<string, CancellationToken, Task> perform, CancellationToken cancellationToken)
    {
        MapRunNames names = (await OpenAsync(children.Run, cancellationToken)).Names;
        string indexes = (await storage.ReadTextAsync(children.Indexes, cancellationToken))!;
        var ended = new ConcurrentBag<EndedChild>();
        await ForEachAsync(
            IndexSet.Read(indexes).All(),
            async (index, token) =>
            {
                string arn = names.Entry(index, JsonValue.Null, 0, null).ExecutionArn;
                await perform(arn, token);
                bool isOfRun = await IsOfAsync(arn, new(children.Run.InstanceId, index), token);
                if (await host.FindAsync(arn, token) is { Status: not ExecutionStatus.Running } found
                    && (isOfRun || found.Status == ExecutionStatus.Succeeded))
                {
                    ended.Add(new(index, found.Status));
                }
            },
            cancellationToken);

        // The others are found the next time: a message is to stay small.
        return [.. ended.OrderBy(child => child.Index).Take(MostEnded)];
    }

    /// <summary>Whether it ended in this run: a child that is redriven shows its end from before until its start has come to it.</summary>
    private async Task<bool> IsOfAsync(string executionArn, MapChild child, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _) && RecordJson.MapChild(record) == child;

    private async ValueTask ReadResultAsync(MapRunEntry entry, CancellationToken cancellationToken)
    {
        if (await host.FindAsync(entry.ExecutionArn, cancellationToken) is not { } ended)
        {
            return;
        }

        entry.StartTime = ended.Start.StartTime;
        entry.Result = MapRunChildResult.Of(ended, time);
    }

    private async Task BeginAsync(MapRunTask run, StartMapRun command, MapRunNames names, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var record = new MapRunRecord
        {
            Arn = names.Arn,
            ExecutionArn = run.ExecutionArn,
            StartDate = now,
            Settings = MapRunSettings.Of(command),
            Runner = run.InstanceId,
        };
        await runs.SaveAsync(
            record,
            before => before.Runner == run.InstanceId
                ? before
                : before with
                {
                    Status = MapRunRecord.Running,
                    StopDate = null,
                    Settings = record.Settings,
                    RedriveCount = before.RedriveCount + 1,
                    RedriveDate = now,
                    Runner = run.InstanceId,
                },
            cancellationToken);
    }

    private async Task EndAsync(MapRunNames names, string status, MapRunProgress? progress, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(names.Arn, cancellationToken) is not { } kept)
        {
            // Removed with its execution meanwhile.
            return;
        }

        await runs.SaveAsync(
            kept,
            before => before with
            {
                Status = status,
                StopDate = time.GetUtcNow(),
                Items = progress?.Items ?? before.Items,
                Executions = progress?.Executions ?? before.Executions,
            },
            cancellationToken);
    }

    private async Task<MapRunEnd> FailureAsync(StatesError error, CancellationToken cancellationToken) =>
        new() { Time = time.GetUtcNow(), Error = error.Name, Cause = await storage.StoreTextAsync(error.Cause, cancellationToken) };
}
