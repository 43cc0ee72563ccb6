using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Events;
using StepFlow.Service.Tasks;
using StepFlow.Service.Triggers;

namespace StepFlow.Service;

/// <summary>Registers what every host's service has in common.</summary>
public static class StepFunctionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds what tasks need of the service: <see cref="StepFunctionsTasks"/> over the registered <see cref="ITaskRunner"/>,
    /// the start of executions, the objects of distributed Maps. The host registers <see cref="StepFunctionsService"/>
    /// as a singleton; tasks find it, whichever of the two is asked for first.
    /// </summary>
    /// <param name="services">The host's services, with the integrations.</param>
    public static IServiceCollection AddStepFunctionsTasks(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ServiceReference(provider.GetRequiredService<StepFunctionsService>));
        services.Replace(ServiceDescriptor.Singleton<IExecutionStarter>(
            provider => new ServiceExecutionStarter(provider.GetRequiredService<ServiceReference>())));
        services.AddSingleton<IObjectStore>(provider => new BlobObjectStore(provider.GetRequiredService<WorkflowBlobs>(), provider.GetRequiredService<BlobOptions>()));
        return services.AddSingleton(provider => new StepFunctionsTasks(
            provider.GetRequiredService<ITaskRunner>(),
            provider.GetRequiredService<ServiceReference>(),
            stopping: provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
    }

    /// <summary>
    /// Adds the triggers of the settings, and the publication of status changes. The host registers <see cref="IDocumentStore"/>
    /// and <see cref="ServiceOptions"/>, lets the triggers look, and shows executions to a <see cref="StatusChangeObserver"/>.
    /// </summary>
    /// <param name="services">The host's services, with the integrations and <see cref="AddStepFunctionsTasks"/>.</param>
    /// <param name="section">The configuration section <c>StepFlow</c>.</param>
    public static IServiceCollection AddStepFlowTriggers(this IServiceCollection services, IConfiguration section) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<TriggerSet>(provider, TriggerSet.Read(section)))
        .Replace(ServiceDescriptor.Singleton(static provider => provider.GetRequiredService<TriggerSet>().Rules))
        .AddSingleton(section.GetSection("StatusChanges").Get<StatusChangeOptions>() ?? new())
        .AddSingleton<StatusChangeEvents>()
        .AddSingleton<StatusChangeDestinations>()
        .AddSingleton<StatusChangePublisher>()
        .AddHostedService(static provider => provider.GetRequiredService<StatusChangePublisher>());

    /// <summary>
    /// Adds the observers of executions that every host has: <see cref="ExecutionLogs"/> (into the host's own log),
    /// <see cref="ExecutionMetrics"/> and <see cref="ExecutionTraces"/>. The host decides which events each one sees.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddExecutionTelemetry(this IServiceCollection services) => services
        .AddSingleton<IExecutionLogSink, LoggerSink>()
        .AddSingleton<ExecutionLogs>()
        .AddSingleton<ExecutionMetrics>()
        .AddSingleton<ExecutionTraces>();
}
