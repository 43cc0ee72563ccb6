using Microsoft.Extensions.Configuration;
using StepFlow.Runtime.Configuration;
using StepFlow.Service.Configuration;
using StepFlow.Service.Triggers;
using StepFlow.VideoPipeline;
using StepFlow.VideoPipeline.Configuration;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// The app's settings. Connections of the Functions host (<c>AzureWebJobsStorage</c>, <c>WorkflowStorage</c>, <c>ServiceBus</c>) are
/// used as they are, with a connection string or with an identity (<c>AzureWebJobsStorage__accountName</c>); ours are under
/// <c>StepFlow</c>.
/// </summary>
internal sealed class AppConfiguration
{
    private const string HostStorage = "AzureWebJobsStorage";
    private const string WorkflowStorage = "WorkflowStorage";

    private static readonly SettingsSection[] Sections =
    [
        .. HostSettings.Sections, new("Video", typeof(VideoPipelineOptions)),
    ];

    private AppConfiguration(IConfiguration root)
    {
        StorageConnection = root[HostStorage];
        StorageAccount = root[HostStorage + ":accountName"];
        ServiceBusConnection = root["ServiceBus"];
        ServiceBusNamespace = root["ServiceBus:fullyQualifiedNamespace"];
        ClientId = root["AZURE_CLIENT_ID"];
        TaskHub = root["TASK_HUB_NAME"] is { Length: > 0 } hub ? hub : "StepFlow";
        InsightsConnection = root["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } insights ? insights : null;
        PlatformAuthenticates = bool.TryParse(root["WEBSITE_AUTH_ENABLED"], out bool authenticates) && authenticates;
        OtlpEndpoint = root["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint ? endpoint : null;
        WorkflowConnection = root.GetSection("StepFlow:Storage").GetChildren().Any() ? null
            : Workflows(root).Any(static setting => setting.Value is { Length: > 0 }) ? WorkflowStorage
            : HostStorage;
        StepFlow = new ConfigurationBuilder()
            .AddInMemoryCollection(Defaults(root))
            .AddConfiguration(root)
            .Build()
            .GetSection("StepFlow");
    }

    /// <summary>The connection string of the host's storage account, which holds executions; null where an identity is used.</summary>
    public string? StorageConnection { get; }

    /// <summary>The name of the host's storage account; null where a connection string is used.</summary>
    public string? StorageAccount { get; }

    /// <summary>Service Bus' connection string; null where an identity is used, or no Service Bus.</summary>
    public string? ServiceBusConnection { get; }

    /// <summary>Service Bus' namespace; null where a connection string is used, or no Service Bus.</summary>
    public string? ServiceBusNamespace { get; }

    /// <summary>The task hub of Durable Functions. The names of its containers begin with it.</summary>
    public string TaskHub { get; }

    /// <summary>The user-assigned identity; null for the system's, or the developer's own.</summary>
    public string? ClientId { get; }

    /// <summary>Application Insights' connection string, which names the resource and holds no secret; null for none.</summary>
    public string? InsightsConnection { get; }

    /// <summary>Whether the authentication of App Service is on. Then it removes its own headers from the requests of callers.</summary>
    public bool PlatformAuthenticates { get; }

    /// <summary>The OTLP endpoint for telemetry; null for none.</summary>
    public string? OtlpEndpoint { get; }

    /// <summary>Whether tables are in Cosmos DB. Otherwise they are in the app's own storage.</summary>
    public bool HasCosmos => StepFlow["Cosmos:Endpoint"] is not null || StepFlow["Cosmos:ConnectionString"] is not null;

    /// <summary>The section <c>StepFlow</c>.</summary>
    public IConfigurationSection StepFlow { get; }

    /// <summary>
    /// The setting in which the Functions host finds the connection to the storage account of workflows; null where the account is set
    /// for the app alone.
    /// </summary>
    public string? WorkflowConnection { get; }

    /// <summary>The triggers.</summary>
    public IReadOnlyDictionary<string, TriggerOptions> Triggers => TriggerSet.Read(StepFlow);

    /// <summary>The blobs of the host's account.</summary>
    public Uri BlobEndpoint => new($"https://{StorageAccount}.blob.core.windows.net");

    /// <summary>The queues of the host's account.</summary>
    public Uri QueueEndpoint => new($"https://{StorageAccount}.queue.core.windows.net");

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">No storage account is set, or a setting is unknown or invalid. The message names all of them.</exception>
    public static AppConfiguration From(IConfiguration root)
    {
        var settings = new AppConfiguration(root);
        string[] problems =
        [
            .. settings.StorageConnection is null && settings.StorageAccount is null
                ? ["No storage account: set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName to the account that the app's identity may use."]
                : Array.Empty<string>(),
            .. HostSettings.Check(
                settings.StepFlow,
                Sections,
                services => services.AddStepFlowVideoPipeline(settings.StepFlow),
                static problem => problem.Describe($"StepFlow__{problem.Setting.Replace(":", "__", StringComparison.Ordinal)}")),
        ];
        return problems.Length == 0 ? settings : throw new InvalidOperationException(string.Join('\n', ["The app's settings have errors:", .. problems]));
    }

    /// <summary>The state machines that are deployed with the app.</summary>
    public StateMachineSettings StateMachines => StepFlow.GetSection("StateMachines").Get<StateMachineSettings>() ?? new();

    /// <summary>The settings of the service that every host has.</summary>
    public ServiceSettings Service => StepFlow.Get<ServiceSettings>() ?? new();

    /// <summary>
    /// Workflows use the account of <c>WorkflowStorage</c>, which is the connection of the upload triggers. Without it they use the host's own account, as on
    /// one machine with an emulator. The pipeline's table needs no setting.
    /// </summary>
    private IEnumerable<KeyValuePair<string, string?>> Defaults(IConfiguration root)
    {
        (string Name, string? Value)[] account = WorkflowConnection switch
        {
            null => [],
            WorkflowStorage => Workflows(root),
            _ => [("ConnectionString", StorageConnection), ("AccountName", StorageAccount)],
        };
        return
        [
            .. account.Select(static setting => new KeyValuePair<string, string?>($"StepFlow:Storage:{setting.Name}", setting.Value)),
            new($"StepFlow:Tables:{VideoPipelineDefinition.Table}:PartitionKey", VideoPipelineDefinition.TableKey),
        ];
    }

    private static (string Name, string? Value)[] Workflows(IConfiguration root) =>
    [
        ("ConnectionString", root[WorkflowStorage]),
        ("AccountName", root[WorkflowStorage + ":accountName"]),
        ("BlobEndpoint", root[WorkflowStorage + ":blobServiceUri"]),
        ("QueueEndpoint", root[WorkflowStorage + ":queueServiceUri"]),
    ];
}
