using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Tables;
using StepFlow.Local.Configuration;
using StepFlow.Local.Engine;
using StepFlow.Local.Templates;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service;
using StepFlow.Service.Configuration;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Tasks;
using StepFlow.VideoPipeline.Configuration;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Local.Serving;

/// <summary>Registers the parts of a local server.</summary>
internal static class LocalServices
{
    /// <summary>Adds the integrations of tasks. They are the same for a server and for a run in memory.</summary>
    public static IServiceCollection AddLocalTasks(this IServiceCollection services, LoadedConfiguration configuration)
    {
        IConfigurationSection settings = Complete(configuration).GetSection(ConfigurationFile.Section);

        // A single run has its own tables. A server replaces them with its tables.
        services.AddSingleton<ITableStore, MemoryTableStore>();
        return services
            .AddStepFlowIntegrations(settings)
            .AddStepFlowVideoPipeline(settings);
    }

    /// <summary>The integrations of tasks of a command without a server.</summary>
    public static ServiceProvider BuildTasks(LoadedConfiguration configuration) => new ServiceCollection()
        .AddLogging(static logging => logging.AddStepFlowConsole())
        .AddLocalTasks(configuration)
        .BuildServiceProvider();

    /// <summary>Adds the durable host and the service over it.</summary>
    public static IServiceCollection AddLocalService(this IServiceCollection services, ServerOptions options, ServiceSettings settings, IConfiguration section)
    {
        services.AddSingleton<IEmbeddedDefinitions, EmbeddedDefinitions>();
        services.AddSingleton(provider => LocalHost.Open(ToHostOptions(options), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalHost>>()));
        services.Replace(ServiceDescriptor.Singleton<ITableStore>(static provider => provider.GetRequiredService<LocalHost>().Tables));
        services.Replace(ServiceDescriptor.Singleton(new JobFolder(Path.Combine(options.Data, "jobs"))));
        return services
            .AddSingleton<IExecutionHost>(static provider => provider.GetRequiredService<LocalHost>())
            .AddSingleton<IExecutionProblems>(static provider => provider.GetRequiredService<LocalHost>())
            .AddSingleton<IDocumentStore>(static provider => provider.GetRequiredService<LocalHost>().Documents)
            .AddSingleton<IActivityQueue>(static provider => provider.GetRequiredService<LocalHost>().Activities)
            .AddObservers(options)
            .AddSingleton(CreateExpressRunner)
            .AddStepFunctionsHost(settings, section);
    }

    private static IServiceCollection AddObservers(this IServiceCollection services, ServerOptions options) => services
        .AddSingleton(static provider => new ProblemMetrics(provider.GetRequiredService<LocalHost>().Problems))
        .AddSingleton(provider => new FileLogSink(options.Data, provider.GetRequiredService<ILogger<FileLogSink>>()))
        .AddSingleton<LoggerSink>()
        .AddSingleton<IExecutionLogSink>(static provider => new LogSinkGroup([provider.GetRequiredService<FileLogSink>(), provider.GetRequiredService<LoggerSink>()]))
        .AddSingleton<MapRunDirectory>()
        .AddSingleton<IMapRuns>(static provider => provider.GetRequiredService<MapRunDirectory>())
        .AddSingleton<IExecutionObserver>(static provider => new ObserverGroup(
        [
            provider.GetRequiredService<MapRunDirectory>(),
            provider.GetRequiredService<ExecutionMetrics>(),
            provider.GetRequiredService<ExecutionTraces>(),
            provider.GetRequiredService<ExecutionLogs>(),
            .. provider.StatusChangeObservers(),
        ]));

    private static InMemoryRunner CreateExpressRunner(IServiceProvider provider) => new(new()
    {
        Tasks = provider.GetRequiredService<StepFunctionsTasks>(),
        Clock = provider.GetRequiredService<TimeProvider>(),
        Activities = provider.GetRequiredService<IActivityQueue>(),
        ActivityDirectory = provider.GetRequiredService<IActivityDirectory>(),
        Objects = provider.GetRequiredService<IObjectStore>(),
        Observer = provider.GetRequiredService<IExecutionObserver>(),
        Mocks = provider.GetRequiredService<MockConfiguration>(),
        Scheduler = provider.GetRequiredService<LocalHost>().Scheduler,
        CollectsHistory = false,
        Stopping = provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
        Logger = provider.GetRequiredService<ILogger<ExpressExecutions>>(),
    });

    private static LocalHostOptions ToHostOptions(ServerOptions options) => new()
    {
        Journal = new() { Folder = options.Data, Synchronous = options.Synchronous },
        MaxConcurrentTasks = options.MaxConcurrentTasks,
    };

    /// <summary>The pipeline's own table needs no setting. Paths are relative to the folder of the configuration file.</summary>
    private static IConfiguration Complete(LoadedConfiguration configuration) => new ConfigurationBuilder()
        .AddInMemoryCollection([new($"{ConfigurationFile.Section}:Tables:{VideoPipelineDefinition.Table}:PartitionKey", VideoPipelineDefinition.TableKey)])
        .AddConfiguration(configuration.Root)
        .AddInMemoryCollection(FullPaths(configuration))
        .Build();

    private static IEnumerable<KeyValuePair<string, string?>> FullPaths(LoadedConfiguration configuration)
    {
        if (configuration.Settings["Video:TempFolder"] is { Length: > 0 } temporary)
        {
            yield return new($"{ConfigurationFile.Section}:Video:TempFolder", configuration.Resolve(temporary));
        }

        foreach (IConfigurationSection function in configuration.Settings.GetSection("Functions").GetChildren().Concat(configuration.Settings.GetSection("Jobs").GetChildren()))
        {
            if (function["Command"] is not null || function["File"] is not null)
            {
                yield return new($"{function.Path}:WorkingDirectory", configuration.Resolve(function["WorkingDirectory"]) ?? configuration.Folder);
            }

            if (function["Command"] is { Length: > 0 } command)
            {
                // A name without a path is found in PATH.
                yield return new($"{function.Path}:Command", command.Contains('/', StringComparison.Ordinal) ? configuration.Resolve(command) : command);
            }
        }
    }
}
