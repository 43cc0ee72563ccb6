using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StepFlow.Functions.Activities;
using StepFlow.Functions.Declaration;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Notifications;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tables;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Runtime.Tasks;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service;
using StepFlow.Service.Tasks;
using StepFlow.VideoPipeline.Configuration;

namespace StepFlow.Functions.Hosting;

/// <summary>Registers the services of the app.</summary>
internal static class FunctionsAppExtensions
{
    /// <summary>Adds everything except the services of the Functions host.</summary>
    /// <param name="configuration">The app's settings.</param>
    public static IServiceCollection AddStepFlowApp(this IServiceCollection services, IConfiguration configuration)
    {
        AppConfiguration settings = AppConfiguration.From(configuration);
        return services
            .AddCredential(settings)
            .AddTables(settings)
            .AddTasks(settings)
            .AddStorage(settings)
            .AddMessaging(settings)
            .AddTelemetry()
            .AddTelemetryExport(settings)
            .AddExecutions()
            .AddExpress()
            .AddService(settings);
    }

    private static IServiceCollection AddCredential(this IServiceCollection services, AppConfiguration settings) =>
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId }));

    /// <summary>Before the integrations, which take the store that is there.</summary>
    private static IServiceCollection AddTables(this IServiceCollection services, AppConfiguration settings) =>
        settings.HasCosmos ? services : services.AddSingleton<ITableStore, DocumentTableStore>();

    private static IServiceCollection AddTasks(this IServiceCollection services, AppConfiguration settings) => services
        // A task that waits for memory blocks one of the concurrent activities. After some time it ends, and may run on another instance of the app.
        .AddSingleton(provider => new ProcessMemory(
            provider.GetRequiredService<IOptions<IntegrationOptions>>().Value.Processes.MemoryBytes ?? ProcessMemory.OfThisMachine,
            ActivityOptions.LongestWait,
            provider.GetRequiredService<TimeProvider>()))
        .AddStepFlowIntegrations(settings.StepFlow)
        .AddSingleton(new ReservedContainers([.. ExecutionStorage.Containers.Select(static name => "*" + name), settings.TaskHub.ToLowerInvariant() + "-*"]))
        .AddSingleton(new ReservedQueues([ExpressQueue.Name + "*", QueuedActivityTasks.QueuePrefix + "*", settings.TaskHub.ToLowerInvariant() + "-*"]))
        .AddStepFlowVideoPipeline(settings.StepFlow);

    private static IServiceCollection AddStorage(this IServiceCollection services, AppConfiguration settings) => services
        .AddSingleton(provider => settings.StorageConnection is { } connection
            ? new BlobServiceClient(connection)
            : new BlobServiceClient(settings.BlobEndpoint, provider.GetRequiredService<TokenCredential>()))
        .AddSingleton(provider => settings.StorageConnection is { } connection
            ? new QueueServiceClient(connection)
            : new QueueServiceClient(settings.QueueEndpoint, provider.GetRequiredService<TokenCredential>()))
        .AddSingleton(provider => new ExecutionStorage(provider.GetRequiredService<BlobServiceClient>()))
        .AddSingleton<IDocumentStore>(provider => new BlobDocumentStore(
            provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(ExecutionStorage.Documents), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IActivityQueue, QueuedActivityTasks>()
        .AddSingleton(provider => new MapRunStore(provider.GetRequiredService<IDocumentStore>()))
        .AddSingleton<IMapRuns, AzureMapRuns>()
        .AddHostedService<ContainerCreation>();

    private static IServiceCollection AddMessaging(this IServiceCollection services, AppConfiguration settings)
    {
        if (settings.ServiceBusNamespace is null && settings.ServiceBusConnection is null)
        {
            // Without Service Bus (on one machine with Azurite) messages go to storage queues.
            return services;
        }

        services.AddSingleton(provider => new ServiceBusClients(
            settings.ServiceBusConnection, settings.ServiceBusNamespace, provider.GetRequiredService<IdentityCredentials>()));
        return services
            .Replace(ServiceDescriptor.Singleton<INotificationSender, ServiceBusNotificationSender>())
            .Replace(ServiceDescriptor.Singleton<IMessageReceiver, ServiceBusMessageReceiver>());
    }

    private static IServiceCollection AddExecutions(this IServiceCollection services) => services
        .AddKeyedSingleton(RealTime.Key, TimeProvider.System)
        .AddSingleton<DurableClients>()
        .AddSingleton<AzureExecutionHost>()
        .AddSingleton<IExecutionHost>(provider => provider.GetRequiredService<AzureExecutionHost>())
        .AddSingleton<IExecutionProblems, AzureExecutionProblems>()
        .AddSingleton<OrchestrationStarts>()
        .AddSingleton<ExpressMapChildren>()
        .AddSingleton<HistoryWriter>()
        .AddSingleton<MessageHistory>()
        .AddSingleton<ChildEnds>()
        .AddSingleton<ExecutionEnding>()
        .AddSingleton<ExecutionFinisher>()
        .AddSingleton<ICompletions>(static provider => provider.GetRequiredService<ExecutionFinisher>())
        .AddHostedService(static provider => provider.GetRequiredService<ExecutionFinisher>())
        .AddSingleton<InterruptedExecutions>()
        .AddSingleton<RunningTasks>()
        .AddSingleton<TaskWatch>()
        .AddSingleton<RunningExecutions>()
        .AddSingleton<SuspendedExecutions>()
        .AddSingleton<ExecutionRecovery>()
        .AddSingleton<OldExecutions>()
        .AddSingleton<Retention>();

    private static IServiceCollection AddExpress(this IServiceCollection services) => services
        .AddSingleton(static _ => TurnScheduler.ForThisMachine())
        .AddSingleton(provider => new InMemoryRunner(new()
        {
            Tasks = provider.GetRequiredService<StepFunctionsTasks>(),
            Clock = provider.GetRequiredService<TimeProvider>(),
            Objects = provider.GetRequiredService<IObjectStore>(),
            Observer = new ObserverGroup(provider.GetRequiredService<ExecutionObservers>().Live),
            EndObserver = new ObserverGroup([new WholeHistories(provider.GetRequiredService<ExecutionObservers>().Trackings), .. provider.GetRequiredService<ExecutionObservers>().Ends]),
            Mocks = provider.GetRequiredService<MockConfiguration>(),
            Scheduler = provider.GetRequiredService<TurnScheduler>(),
            Stopping = provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
            Logger = provider.GetRequiredService<ILogger<ExpressExecutions>>(),
        }))
        .AddSingleton<ExpressMessages>()
        .AddSingleton<IExpressStarts>(provider => new ExpressQueue(
            provider.GetRequiredService<QueueServiceClient>(), provider.GetRequiredService<ExpressMessages>()));

    /// <remarks>An execution's record ends after its last event is stored, so the end is published from the ended record.</remarks>
    private static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<ExecutionReports>()
        .AddSingleton<FailureReports>()
        .AddSingleton(provider => new ExecutionObservers(
            [provider.GetRequiredService<ExecutionLogs>(), provider.GetRequiredService<ExecutionReports>(), provider.GetRequiredService<ExecutionMetrics>().Beginnings, .. provider.StatusChangeObservers(ends: false)],
            [.. provider.StatusChangeObservers(starts: false)],
            [provider.GetRequiredService<ExecutionMetrics>(), provider.GetRequiredService<ExecutionTraces>(), provider.GetRequiredService<FailureReports>()]))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<HistoryTracking>(provider, provider.GetRequiredService<ExecutionObservers>().Trackings))
        .AddHostedService(static provider => provider.GetRequiredService<HistoryTracking>())
        .AddSingleton<ExecutionNotifier>();

    private static IServiceCollection AddService(this IServiceCollection services, AppConfiguration settings) => services
        .AddStepFunctionsHost(settings.Service, settings.StepFlow)
        .AddSingleton<DocumentTaskLeases>()
        .AddSingleton(provider => new TriggerFunctions(
            settings.Triggers, settings.WorkflowConnection, provider.GetRequiredService<IOptions<IntegrationOptions>>().Value.Messages, TimeZoneInfo.Local))
        .AddSingleton<IFunctionMetadataTransformer>(static provider => provider.GetRequiredService<TriggerFunctions>())
        .AddSingleton(provider => new TaskRoute(
            provider.GetRequiredService<StepFunctionsTasks>(),
            provider.GetRequiredService<IActivityQueue>(),
            provider.GetRequiredService<IActivityDirectory>(),
            provider.GetRequiredService<MockConfiguration>()))
        .AddSingleton(provider => new HttpEndpoints(provider, settings.Service.ToAccessKeys(), settings.Service.ToSignIn(settings.PlatformAuthenticates)))
        .AddSingleton(settings.StateMachines)
        .AddSingleton<VideoPipelineMachine>()
        .AddHostedService<MachinesAtStart>()
        .AddHostedService<SchedulesAtStart>();
}
