using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;

namespace StepFlow.Functions.TaskHub;

/// <summary>A worker of a task hub: runs the app's functions through the isolated worker's own shims.</summary>
public sealed class HubWorker : IAsyncDisposable
{
    private readonly AzureStorageOrchestrationService _hub;
    private readonly TaskHubWorker _worker;

    private HubWorker(AzureStorageOrchestrationService hub, TaskHubWorker worker)
    {
        _hub = hub;
        _worker = worker;
    }

    /// <summary>Starts a worker; the hub is created where there is none.</summary>
    /// <param name="settings">The hub.</param>
    /// <param name="functions">What runs.</param>
    /// <param name="stopping">Cancelled when the process stops.</param>
    public static async Task<HubWorker> StartAsync(HubSettings settings, AppFunctions functions, CancellationToken stopping)
    {
        AzureStorageOrchestrationService hub = settings.Open();
        await hub.CreateIfNotExistsAsync();
        var shims = new DurableTaskShimFactory(WorkerServices.Options, NullLoggerFactory.Instance);
        var worker = new TaskHubWorker(
            hub,
            new HubObjects<TaskOrchestration>(name => functions.Orchestrators.TryGetValue(name, out AppOrchestrator? found)
                ? shims.CreateOrchestration(found.Name, new HubOrchestrator(found), new Dictionary<string, object?>())
                : null),
            new HubObjects<TaskActivity>(name => functions.Activities.TryGetValue(name, out AppActivity? found)
                ? shims.CreateActivity(found.Name, new HubActivity(found, stopping))
                : null),
            NullLoggerFactory.Instance)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        await worker.StartAsync();
        return new(hub, worker);
    }

    /// <summary>Stops it, without waiting for what runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(isForced: true);
        _worker.Dispose();
        _hub.Dispose();
    }
}
