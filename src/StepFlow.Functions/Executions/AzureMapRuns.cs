using Microsoft.DurableTask.Client;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Executions;

/// <summary>The Map Runs on Azure: the stored records, and the status of the orchestrations of running ones.</summary>
internal sealed class AzureMapRuns(MapRunStore store, DurableClients clients) : IMapRuns
{
    public async Task<MapRunRecord?> FindAsync(string mapRunArn, CancellationToken cancellationToken)
    {
        MapRunRecord? record = await store.FindAsync(mapRunArn, cancellationToken);
        if (record is not { Status: MapRunRecord.Running, Runner: { } runner })
        {
            return record;
        }

        OrchestrationMetadata? instance = await clients.FindAsync(runner, cancellationToken);
        record = instance?.RuntimeStatus switch
        {
            // Not by itself: an outage or a bug that outlived every repetition, or an operator.
            OrchestrationRuntimeStatus.Failed => record with { Status = MapRunRecord.Failed, StopDate = instance.LastUpdatedAt },
            OrchestrationRuntimeStatus.Terminated => record with { Status = MapRunRecord.Aborted, StopDate = instance.LastUpdatedAt },
            _ => record,
        };
        return instance is not null && InstanceView.Status<MapRunProgress>(instance) is { } progress
            ? record with { Items = progress.Items, Executions = progress.Executions }
            : record;
    }

    public Task<MapRunStore> SavedAsync(CancellationToken cancellationToken) => Task.FromResult(store);

    public async Task UpdateAsync(MapRunRecord run, MapRunSettings settings, CancellationToken cancellationToken)
    {
        await store.SaveAsync(run with { Settings = settings }, stored => stored with { Settings = settings }, cancellationToken);
        if (run.Runner is { } runner)
        {
            await clients.Client.RaiseEventAsync(runner, EventNames.Settings, settings, cancellationToken);
        }
    }
}
