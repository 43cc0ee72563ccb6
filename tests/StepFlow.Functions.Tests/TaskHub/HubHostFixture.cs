using StepFlow.Functions.Executions;
using StepFlow.Functions.Storage;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>The Azure host on a task hub of its own: the durable back end itself, and workers that run the app's functions. It runs in real time.</summary>
/// <param name="connectionString">The storage account.</param>
/// <param name="workers">How many instances of the app share the hub.</param>
internal sealed class HubHostFixture(string connectionString, int workers = 1) : HostFixture
{
    private readonly List<HubInstance> _instances = [];
    private readonly List<CountedTasks> _counts = [];
    private int _started;

    public HubHostFixture(AzuriteFixture azurite, int workers = 1)
        : this(azurite.ConnectionString, workers)
    {
    }

    public override IExecutionHost Host => App.Get<AzureExecutionHost>();

    public override IActivityQueue Activities => App.Get<IActivityQueue>();

    public override async Task CreateActivityAsync(string name)
    {
        ApiResult created = await App.Get<StepFunctionsService>().InvokeAsync(
            "CreateActivity", JsonObject.Create(("name", name)), CallerContext.Internal, TestContext.Current.CancellationToken);
        Assert.True(created.IsSuccess, created.Error?.Message);
    }

    public override ManualClock Clock
    {
        get
        {
            Assert.Skip("The durable back end lives in real time: its timers have tests of their own.");
            return null!;
        }
    }

    public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public override TimeSpan EndLimit => TimeSpan.FromMinutes(4);

    /// <summary>The first instance of the app.</summary>
    public TestApp App => _instances[0].App;

    /// <summary>The client of the first instance.</summary>
    public HubClient Client => _instances[0].Client;

    /// <summary>The instances of the app.</summary>
    public IReadOnlyList<HubInstance> Instances => _instances;

    /// <summary>How many tasks each instance ran.</summary>
    public IEnumerable<int> RunByInstance => _counts.Select(count => count.Count);

    /// <summary>What the names of its containers begin with; the hub is called so too.</summary>
    public string Prefix { get; } = AzuriteFixture.UniqueName();

    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? Configure { get; init; }

    /// <summary>How long a message that was taken and not finished is hidden from others.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(15);

    public override Task AdvanceToNextAsync() => Task.CompletedTask;

    public override async Task StartAsync()
    {
        await TestApp.CreateContainersAsync(connectionString, Prefix);
        await OpenAsync();
    }

    public override async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        for (int worker = 0; worker < workers; worker++)
        {
            var tasks = new CountedTasks(Tasks);
            _counts.Add(tasks);
            _instances.Add(await HubInstance.StartAsync(
                new() { ConnectionString = connectionString, Name = Prefix.Replace("-", string.Empty, StringComparison.Ordinal), WorkerId = $"worker-{++_started}", Visibility = Visibility },
                new() { ConnectionString = connectionString, Prefix = Prefix, Tasks = tasks, Settings = MockFile is null ? Settings : new Dictionary<string, string?>(Settings) { ["StepFlow:MockConfigurationFile"] = MockFile }, Configure = Configure }));
        }
    }

    private async Task CloseAsync()
    {
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
        _instances.Clear();
        _counts.Clear();
    }
}
