using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>The activities of Map Runs that read the items and write the results.</summary>
internal sealed class MapRunActivities(ExecutionStorage storage, AzureExecutionHost host, MapRunStore runs, IObjectStore objects, TimeProvider time)
{
    /// <summary>Reads the next children of a run, and stores them in pages.</summary>
    [Function(ActivityNames.ReadChildren)]
    public async Task<ChildrenRead> ReadAsync([ActivityTrigger] ChildrenReading request, CancellationToken cancellationToken)
    {
        OpenedMapRun run = await OpenedMapRun.OpenAsync(storage, request.Run, cancellationToken);
        if (request.Page == 0)
        {
            await BeginAsync(run, cancellationToken);
        }

        if (await storage.MapRunPages.FindAsync(run.Names.Arn, request.Page, cancellationToken) is { } known)
        {
            return known;
        }

        var pages = new PageWriter(storage, run, request);
        var reading = new ItemReading { Objects = objects, First = request.First, Copies = storage.CopiesOf(run.Names.Arn) };
        Outcome<bool> read = await new ChildReader(run.Command, run.Names, run.Parent, time).ReadAsync(reading, pages.TakeAsync, cancellationToken);
        return read.IsSuccess
            ? await storage.MapRunPages.StoreAsync(run.Names.Arn, request.Page, await pages.CloseAsync(read.Value, cancellationToken), cancellationToken)
            : new() { Failure = await FailureAsync(read.Error, cancellationToken) };
    }

    /// <summary>Writes the results of a run that has ended.</summary>
    [Function(ActivityNames.FinishMapRun)]
    public async Task<MapRunEnd> FinishAsync([ActivityTrigger] MapRunFinish finish, CancellationToken cancellationToken)
    {
        OpenedMapRun run = await OpenedMapRun.OpenAsync(storage, finish.Run, cancellationToken);
        switch (finish)
        {
            case { Failure: { } unreadable }:
                await EndAsync(run.Names, MapRunRecord.Failed, finish.Progress, cancellationToken);
                return unreadable;
            case { Stop: MapRunStop.Aborted }:
                await EndAsync(run.Names, MapRunRecord.Aborted, finish.Progress, cancellationToken);
                return new() { Time = time.GetUtcNow() };
        }

        var results = new MapRunResults(storage, host, run, finish, time);
        var tally = new MapRunTally(finish.Progress, null);
        MapRunOutcome outcome = await new MapResultWriter(run.Command, run.Names, objects, time).EndAsync(results, tally, finish.Stop == MapRunStop.TooManyFailures, cancellationToken);
        await EndAsync(run.Names, outcome.Error is null ? MapRunRecord.Succeeded : MapRunRecord.Failed, tally.Progress, cancellationToken);
        return outcome.Error is { } error
            ? await FailureAsync(error, cancellationToken)
            : new() { Time = time.GetUtcNow(), Result = await storage.StoreResultAsync(outcome.Result!, cancellationToken) };
    }

    private async Task BeginAsync(OpenedMapRun run, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var record = new MapRunRecord
        {
            Arn = run.Names.Arn,
            ExecutionArn = run.Task.ExecutionArn,
            StartDate = now,
            Settings = MapRunSettings.Of(run.Command),
            Runner = run.Task.InstanceId,
        };
        if (run.Command.State.IsExpress)
        {
            await storage.MapRunPages.WriteRunAsync(run.Names, run.Parent.RoleArn, cancellationToken);
            await runs.AddChildrenAsync(record, cancellationToken);
        }

        await runs.SaveAsync(
            record,
            before => before.Runner == run.Task.InstanceId
                ? before
                : before with
                {
                    Status = MapRunRecord.Running,
                    StopDate = null,
                    Settings = record.Settings,
                    RedriveCount = before.RedriveCount + 1,
                    RedriveDate = now,
                    Runner = run.Task.InstanceId,
                },
            cancellationToken);
    }

    private async Task EndAsync(MapRunNames names, string status, MapRunProgress progress, CancellationToken cancellationToken)
    {
        await storage.CopiesOf(names.Arn).DeleteAsync(cancellationToken);
        if (await runs.FindAsync(names.Arn, cancellationToken) is not { } stored)
        {
            // The Map Run was removed together with its execution.
            return;
        }

        await runs.SaveAsync(
            stored,
            before => before with { Status = status, StopDate = time.GetUtcNow(), Items = progress.Items, Executions = progress.Executions },
            cancellationToken);
    }

    private async Task<MapRunEnd> FailureAsync(StatesError error, CancellationToken cancellationToken) =>
        new() { Time = time.GetUtcNow(), Error = error.Name, Cause = await storage.StoreTextAsync(error.Cause, cancellationToken) };
}
