using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Runtime.Tasks;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Activities;
using StepFlow.Service.Configuration;
using StepFlow.Service.Definitions;
using StepFlow.Service.Deployments;
using StepFlow.Service.Events;
using StepFlow.Service.Executions;
using StepFlow.Service.Operations;
using StepFlow.Service.Pages;
using StepFlow.Service.Payloads;
using StepFlow.Service.StateMachines;
using StepFlow.Service.StateTests;
using StepFlow.Service.Tags;
using StepFlow.Service.Tasks;
using StepFlow.Service.TaskTokens;
using StepFlow.Service.Triggers;

namespace StepFlow.Service;

/// <summary>Registers the services that all hosts have in common.</summary>
public static class StepFunctionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="StepFunctionsService"/> with every operation of this assembly. The host registers its ports
    /// (<see cref="IExecutionHost"/>, <see cref="IExecutionProblems"/>, <see cref="IDocumentStore"/>, <see cref="IActivityQueue"/>) and the
    /// <see cref="InMemoryRunner"/> of Express executions; and, where it has others than these defaults,
    /// <see cref="ServiceOptions"/>, <see cref="IMapRuns"/>, <see cref="IExpressStarts"/>
    /// (by default Express executions begin in memory, and are lost with the process) and the clock.
    /// </summary>
    public static IServiceCollection AddStepFunctionsService(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ServiceOptions());
        services.TryAddSingleton(new StateMachineSettings());
        services.TryAddSingleton<IMapRuns, MapRunDirectory>();
        services.TryAddSingleton<ExpressExecutions>();
        services.TryAddSingleton<IExpressStarts>(static provider => provider.GetRequiredService<ExpressExecutions>());
        foreach (Type operation in typeof(Operation).Assembly.GetTypes().Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(Operation))))
        {
            services.AddSingleton(typeof(Operation), operation);
        }

        return services
            .AddOperationParts()
            .AddSingleton(static provider => new StepFunctionsService(
                provider.GetServices<Operation>(),
                provider.GetRequiredService<IExecutionHost>(),
                provider.GetRequiredService<IMapRuns>(),
                provider.GetRequiredService<ServiceOptions>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<StepFunctionsService>>()))
            .AddSingleton(static provider => new Lazy<StepFunctionsService>(provider.GetRequiredService<StepFunctionsService>))
            .AddSingleton<MachineRegistration>();
    }

    /// <summary>
    /// Adds everything that a host of durable executions has besides its ports: <see cref="StepFunctionsService"/>, tasks with their limits,
    /// calls of functions without waiting, triggers, the publication of status changes, and telemetry. Executions are logged to the host's own log,
    /// unless it registers another <see cref="IExecutionLogSink"/>. It polls the triggers, and decides which events each observer of
    /// executions receives. A host of several processes registers <see cref="DocumentTaskLeases"/>.
    /// </summary>
    /// <param name="services">The host's services, with the integrations.</param>
    /// <param name="settings">The settings of the service.</param>
    /// <param name="section">The configuration section <c>StepFlow</c>.</param>
    public static IServiceCollection AddStepFunctionsHost(this IServiceCollection services, ServiceSettings settings, IConfiguration section) => services
        .AddSingleton(settings)
        .AddSingleton(provider => settings.ToOptions(provider.GetRequiredService<TaskRouter>().Catalogue))
        .AddTasks()
        .AddSingleton(provider => new TaskLimiter(TaskLimiter.Read(section), provider.GetService<DocumentTaskLeases>(), provider.GetRequiredService<TimeProvider>()))
        .AddTriggers(section)
        .AddTelemetry()
        .AddStepFunctionsService();

    /// <summary>The observer that publishes status changes; none if the settings name no destination.</summary>
    /// <param name="starts">Whether it publishes starts.</param>
    /// <param name="ends">Whether it publishes ends.</param>
    public static IEnumerable<IExecutionObserver> StatusChangeObservers(this IServiceProvider provider, bool starts = true, bool ends = true) =>
        provider.GetRequiredService<StatusChangePublisher>() is { HasDestinations: true } publisher
            ? [new StatusChangeObserver(provider.GetRequiredService<StatusChangeEvents>(), publisher.Publish, starts, ends)]
            : [];

    /// <summary>Adds <see cref="StepFunctionsTasks"/> over the registered <see cref="ITaskRunner"/>, starts of executions, the objects of distributed Maps.</summary>
    private static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.AddSingleton<ServiceCalls>();
        services.Replace(ServiceDescriptor.Singleton<ITaskNotes, DocumentTaskNotes>());
        services.AddSingleton<DeferredInvocations>();
        services.Replace(ServiceDescriptor.Singleton<IDeferredInvocations>(static provider => provider.GetRequiredService<DeferredInvocations>()));
        services.Replace(ServiceDescriptor.Singleton<IExecutionStarter, ServiceExecutionStarter>());
        services.AddSingleton<IObjectStore>(provider => new BlobObjectStore(provider.GetRequiredService<WorkflowBlobs>(), provider.GetRequiredService<BlobOptions>()));
        return services.AddSingleton(provider => new StepFunctionsTasks(
            provider.GetRequiredService<ITaskRunner>(),
            provider.GetRequiredService<ServiceCalls>(),
            provider.GetService<TaskLimiter>(),
            stopping: provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
    }

    private static IServiceCollection AddTriggers(this IServiceCollection services, IConfiguration section) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<TriggerSet>(provider, TriggerSet.Read(section)))
        .Replace(ServiceDescriptor.Singleton(static provider => provider.GetRequiredService<TriggerSet>().Rules))
        .AddSingleton(section.GetSection("StatusChanges").Get<StatusChangeOptions>() ?? new())
        .AddSingleton<StatusChangeEvents>()
        .AddSingleton<StatusChangeDestinations>()
        .AddSingleton<StatusChangePublisher>()
        .AddHostedService(static provider => provider.GetRequiredService<StatusChangePublisher>());

    private static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<IExecutionLogSink, LoggerSink>();
        return services.AddSingleton<ExecutionLogs>().AddSingleton<ExecutionMetrics>().AddSingleton<ExecutionTraces>();
    }

    /// <summary>Adds the services that several operations use.</summary>
    private static IServiceCollection AddOperationParts(this IServiceCollection services) => services
        .AddSingleton(static provider =>
            provider.GetRequiredService<ServiceOptions>().MockConfigurationFile is { } file ? MockConfiguration.Load(file) : MockConfiguration.None)
        .AddSingleton<ArnFormat>()
        .AddSingleton<ServiceSecret>()
        .AddSingleton<PageTokens>()
        .AddSingleton<DocumentPages>()
        .AddSingleton<MachineCatalog>()
        .AddSingleton<MachineRemover>()
        .AddSingleton<VersionPublisher>()
        .AddSingleton<AliasRouting>()
        .AddSingleton<DefinitionChecker>()
        .AddSingleton<ActivityCatalog>()
        .AddSingleton<IActivityDirectory>(static provider => provider.GetRequiredService<ActivityCatalog>())
        .AddSingleton<ActivityPoll>()
        .AddSingleton<TaggedResources>()
        .AddSingleton<PayloadText>()
        .AddSingleton<TaskTokenSignals>()
        .AddSingleton<ExecutionFinder>()
        .AddSingleton<ExecutionLister>()
        .AddSingleton<HistoryPages>()
        .AddSingleton<ExecutionActors>()
        .AddSingleton<RedriveRules>()
        .AddSingleton<ExecutionRedriver>()
        .AddSingleton<StartTargets>()
        .AddSingleton<ExecutionStarter>()
        .AddSingleton(static provider => new StateTester(
            provider.GetRequiredService<InMemoryRunner>().Tasks, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StateTester>>()));
}
