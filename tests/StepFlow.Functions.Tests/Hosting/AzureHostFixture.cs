using Azure.Storage.Blobs;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The Azure host: the app's own functions over a double of the Durable Functions back end, and a real storage emulator.</summary>
internal sealed class AzureHostFixture : HostFixture
{
    private readonly string _connectionString;
    private TestApp? _app;

    public AzureHostFixture(AzuriteFixture azurite)
    {
        _connectionString = azurite.ConnectionString;
        Durable = new(Clock);
        Client = new(Durable);
        Durable.Add(new(Client, () => (App.Create, App.Stopping)));
    }

    public override IExecutionHost Host => App.Get<AzureExecutionHost>();

    public override IActivityQueue Activities => App.Get<IActivityQueue>();

    public override async Task CreateActivityAsync(string name)
    {
        ApiResult created = await App.Get<StepFunctionsService>().InvokeAsync(
            "CreateActivity", JsonObject.Create(("name", name)), CallerContext.Internal, TestContext.Current.CancellationToken);
        Assert.True(created.IsSuccess, created.Error?.Message);
    }

    public TestApp App => _app ?? throw new InvalidOperationException("Not started.");

    public DurableDouble Durable { get; }

    public DurableClientDouble Client { get; }

    /// <summary>What the names of its containers begin with.</summary>
    public string Prefix { get; } = AzuriteFixture.UniqueName();

    public BlobContainerClient Container(string name) => new(_connectionString, Prefix + name);

    /// <summary>Whether orchestrations may break down: a test of what happens then.</summary>
    public bool AllowsFailures { get; init; }

    /// <summary>The app's settings, beside the storage account.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? Configure { get; init; }

    public override async Task StartAsync()
    {
        await TestApp.CreateContainersAsync(_connectionString, Prefix);
        Open();
    }

    public override async Task RestartAsync()
    {
        TestApp before = App;
        Durable.Restart(Open);
        await before.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        Durable.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await base.DisposeAsync();
        if (!AllowsFailures)
        {
            Assert.Empty(Durable.Failures);
        }
    }

    private void Open() => _app = TestApp.Open(new()
    {
        ConnectionString = _connectionString,
        Prefix = Prefix,
        Time = Clock,
        Tasks = Tasks,
        Client = Client,
        Settings = MockFile is null
            ? Settings
            : new Dictionary<string, string?>(Settings) { ["StepFlow:MockConfigurationFile"] = MockFile },
        Configure = Configure,
    });
}
