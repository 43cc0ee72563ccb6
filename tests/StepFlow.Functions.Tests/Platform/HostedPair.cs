using Azure.Storage.Blobs;
using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The app in the Functions host, and the local server beside it, for all tests of a class. Nothing where there is no host.</summary>
public sealed class HostedPair : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _owned = [];
    private ServerProcess? _server;

    /// <summary>The host.</summary>
    internal FunctionsHost Host { get; private set; } = null!;

    /// <summary>The app in it.</summary>
    internal RemoteApp App { get; private set; } = null!;

    /// <summary>The functions of the app.</summary>
    internal HttpTasks AppTasks { get; private set; } = null!;

    /// <summary>The local server.</summary>
    internal RemoteApp Local { get; private set; } = null!;

    /// <summary>The functions of the local server.</summary>
    internal HttpTasks LocalTasks { get; private set; } = null!;

    /// <summary>The app's storage account.</summary>
    internal BlobServiceClient Storage { get; private set; } = null!;

    /// <summary>The connection to that account.</summary>
    internal string ConnectionString { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (FunctionsHost.Find() is not { } program)
        {
            return;
        }

        // The app's containers have fixed names: it needs an account of its own.
        Azurite azurite = Own(await Azurite.StartAsync());
        Storage = new(azurite.ConnectionString);
        ConnectionString = azurite.ConnectionString;
        var video = new VideoPipelineOptions();
        await Storage.CreateBlobContainerAsync(video.InputContainer, cancellationToken: TestContext.Current.CancellationToken);
        await Storage.CreateBlobContainerAsync(video.OutputContainer, cancellationToken: TestContext.Current.CancellationToken);
        AppTasks = Own(await HttpTasks.StartAsync());
        Host = Own(await FunctionsHost.StartAsync(program, azurite.ConnectionString, "hosted", [.. RemoteApp.Settings, .. AppTasks.Settings(), new("StepFlow:Video:Preset", "ultrafast"), new("StepFlow:Messages:CreateMissing", "true"), .. HostedTriggers.Settings]));
        App = new(new Uri(Host.Address, "aws"));

        LocalTasks = Own(await HttpTasks.StartAsync());
        string configuration = _folder.PathOf("stepflow.json");
        JsonObject functions = JsonObject.Create([.. LocalTasks.Urls("local").Select(static pair => (pair.Key, (JsonValue)JsonObject.Create(("Url", pair.Value))))]);
        await File.WriteAllTextAsync(configuration, JsonObject.Create(("Functions", functions)).ToString());
        _server = await ServerProcess.StartAsync(_folder.PathOf("data"), configuration, TestContext.Current.CancellationToken);
        Local = new(new Uri(_server.Url));
        foreach (RemoteApp app in (RemoteApp[])[App, Local])
        {
            foreach (string activity in HistoryKinds.Activities)
            {
                await app.CallAsync("CreateActivity", ("name", activity));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        App?.Dispose();
        Local?.Dispose();
        foreach (IAsyncDisposable owned in Enumerable.Reverse(_owned))
        {
            await owned.DisposeAsync();
        }

        _folder.Dispose();
    }

    private T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
