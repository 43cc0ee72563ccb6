using DurableTask.AzureStorage;
using StepFlow.Functions.Executions;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.TaskHub;

/// <summary>An instance of the app on a task hub: its services, its client, and its worker.</summary>
public sealed class HubInstance : IAsyncDisposable
{
    private readonly AzureStorageOrchestrationService _hub;
    private readonly HubWorker? _worker;

    private HubInstance(TestApp app, AzureStorageOrchestrationService hub, HubClient client, HubWorker? worker)
    {
        App = app;
        _hub = hub;
        Client = client;
        _worker = worker;
    }

    /// <summary>The app.</summary>
    public TestApp App { get; }

    /// <summary>Its executions.</summary>
    public IExecutionHost Executions => App.Get<AzureExecutionHost>();

    /// <summary>Its client.</summary>
    public HubClient Client { get; }

    /// <summary>Starts one.</summary>
    /// <param name="settings">The hub.</param>
    /// <param name="options">The app.</param>
    /// <param name="configure">Adds functions that are not the app's; null for none.</param>
    public static async Task<HubInstance> StartAsync(HubSettings settings, TestAppOptions options, Action<AppFunctions>? configure = null)
    {
        AzureStorageOrchestrationService hub = settings.Open();
        var client = new HubClient(hub);
        TestApp app = TestApp.Open(options with { Client = client });
        var functions = new AppFunctions(client, () => (app.Create, app.Stopping));
        configure?.Invoke(functions);
        return new(app, hub, client, await HubWorker.StartAsync(settings, functions, app.Stopping));
    }

    /// <summary>Opens one that starts and reads executions, and runs none.</summary>
    /// <param name="settings">The hub.</param>
    /// <param name="options">The app.</param>
    public static async Task<HubInstance> OpenClientAsync(HubSettings settings, TestAppOptions options)
    {
        AzureStorageOrchestrationService hub = settings.Open();
        await hub.CreateIfNotExistsAsync();
        var client = new HubClient(hub);
        return new(TestApp.Open(options with { Client = client }), hub, client, null);
    }

    /// <summary>Waits until the ends of all executions that succeeded here are stored.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => App.Get<ExecutionFinisher>().IdleAsync(cancellationToken);

    /// <summary>Stops it at once: the running activities are left to the next instance.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await App.DisposeAsync();
        _hub.Dispose();
    }
}
