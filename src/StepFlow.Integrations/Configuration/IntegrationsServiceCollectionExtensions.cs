using System.Net;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Mail;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Rest;
using StepFlow.Integrations.Secrets;
using StepFlow.Integrations.Storage;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Configuration;

/// <summary>Registers everything that a Task state can call.</summary>
public static partial class IntegrationsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the integrations, and <see cref="ITaskRunner"/> over them. A host adds, before or after, what only it has:
    /// <see cref="IExecutionStarter"/>, <see cref="ITableStore"/>, <see cref="IFunctionHandler"/>s.
    /// </summary>
    /// <param name="section">The configuration section <c>StepFlow</c>.</param>
    public static IServiceCollection AddStepFlowIntegrations(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<IntegrationOptions>()
            .Bind(section)
            .Configure(options => options.Resources.Entries = ResourceSettings.Read(section.GetSection("Resources")))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntegrationOptions>, IntegrationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(static _ => new DefaultAzureCredential());
        services.AddSingleton(static provider => new SettingHints(Options(provider).ExplainMissing));
        return services
            .AddStorage()
            .AddIdentities()
            .AddFunctions()
            .AddJobs()
            .AddRest()
            .AddSecrets()
            .AddAws()
            .AddHttp()
            .AddBlobs()
            .AddMessages()
            .AddMail()
            .AddTables()
            .AddSql()
            .AddCosmos()
            .AddExecutions()
            .AddRouter();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new StorageClients(() => Options(provider).Storage, provider.GetRequiredService<TokenCredential>()));
        return services;
    }

    private static IServiceCollection AddIdentities(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new TaskIdentities(Options(provider).Identities));
        services.TryAddSingleton<Func<string, TokenCredential>>(static _ => static client => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)));
        services.AddSingleton(static provider => new IdentityCredentials(
            provider.GetRequiredService<TaskIdentities>(), provider.GetRequiredService<TokenCredential>(), provider.GetRequiredService<Func<string, TokenCredential>>()));
        services.AddSingleton(static provider => new IdentityStorage(
            provider.GetRequiredService<StorageClients>(), () => Options(provider).Storage, provider.GetRequiredService<TaskIdentities>(), provider.GetRequiredService<IdentityCredentials>()));
        services.AddSingleton<IdentityBlobs>();
        services.AddSingleton(static provider => new IdentityCosmos(
            provider.GetRequiredService<TaskIdentities>(), provider.GetRequiredService<IdentityCredentials>(), () => Options(provider).Cosmos));
        services.AddSingleton<IdentityTables>();
        return services;
    }

    private static IServiceCollection AddFunctions(this IServiceCollection services)
    {
        services.AddHttpClient(FunctionFactory.ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.TryAddSingleton(static provider => new ProcessMemory(
            Options(provider).Processes.MemoryBytes ?? ProcessMemory.OfThisMachine, Timeout.InfiniteTimeSpan, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FunctionFactory>();
        services.AddSingleton<ResourceMap>(static provider => new(Options(provider).Resources));
        services.AddSingleton<ResourceFunctions>();
        services.AddSingleton<IFunctionSource>(static provider => provider.GetRequiredService<ResourceFunctions>());
        services.AddSingleton<MappedFunctions>();
        services.AddSingleton<MappedRequests>();
        services.AddSingleton<IMappedResources, MappedResources>();
        services.AddSingleton<FunctionInvoker>();
        services.TryAddSingleton<IDeferredInvocations, InlineInvocations>();

        // Lazy, because the runner of tasks depends on services that use this.
        services.AddSingleton(static provider => new Lazy<ITaskRunner>(provider.GetRequiredService<ITaskRunner>));
        services.AddSingleton(static provider => new Lazy<IDeferredInvocations>(provider.GetRequiredService<IDeferredInvocations>));
        services.AddSingleton(static provider => new FunctionCatalog(
            Options(provider).Functions.AsReadOnly(),
            provider.GetServices<IFunctionHandler>(),
            provider.GetRequiredService<FunctionFactory>()));
        return services
            .Add<FunctionArnTask>()
            .Add<AzureFunctionInvoke>()
            .AddBoth(static (provider, sdk) => Create<LambdaInvoke>(provider, sdk));
    }

    private static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.TryAddSingleton<JobFolder>();
        services.AddSingleton(static provider => new DockerEngine(Options(provider).Docker));
        services.TryAddSingleton(static provider => new HostStopping(provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None));
        services.AddSingleton(static provider => new JobCatalog(Options(provider).Jobs.Select(pair => Job(provider, pair.Key, pair.Value))));
        services.AddSingleton<LastingStart>();
        services.AddSingleton<JobWait>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobBlobs>();
        services.AddSingleton(new ReservedContainers([JobBlobs.Container]));
        services.AddSingleton<IJobFunctions, JobFunctions>();
        services.AddSingleton(static provider => new FunctionProgram(provider.GetServices<IFunctionHandler>(), provider.GetRequiredService<JobBlobs>()));
        foreach (JobForm form in JobForms.All)
        {
            foreach (string name in JobForms.NamesOf(form))
            {
                services.Add(provider => ActivatorUtilities.CreateInstance<JobIntegration>(provider, name, form));
            }
        }

        return services;
    }

    private static IJob Job(IServiceProvider provider, string name, JobOptions options) =>
        options.Command is not null ? ActivatorUtilities.CreateInstance<ProgramJob>(provider, name, options)
        : options.Image is not null ? ActivatorUtilities.CreateInstance<DockerJob>(provider, name, options)
        : ActivatorUtilities.CreateInstance<ContainerAppsJob>(provider, name, options);

    private static IServiceCollection AddRest(this IServiceCollection services)
    {
        services.AddSignedClient(RestClient.ClientName);
        services.TryAddSingleton<ITaskNotes, MemoryTaskNotes>();
        services.AddSingleton(static provider => Options(provider).Azure);
        services.AddSingleton<ResourceManager>();
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<RestTargets>(provider, Options(provider).Rest));
        services.AddSingleton<RestClient>();
        services.AddSingleton<RestOperations>();
        services.AddSingleton<RestRunner>();
        foreach (RestActionForm form in RestActions.All)
        {
            services.Add(provider => Create<RestAction>(provider, form));
        }

        return services.Add<RestCall>();
    }

    private static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<SecretStore>(provider, Options(provider).Secrets));
        services.AddSingleton<SecretPlaceholders>();
        services.AddSingleton<ISecretArguments>(static provider => provider.GetRequiredService<SecretPlaceholders>());
        services.AddSingleton<SecretCall>();
        return services
            .Add<GetSecretValue>()
            .Add<GetParameter>()
            .Add<GetVaultSecret>();
    }

    private static IServiceCollection AddAws(this IServiceCollection services)
    {
        services.AddSignedClient(AwsClient.ClientName);
        services.TryAddSingleton(AwsEnvironment.OfProcess);
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<AwsAccounts>(provider, Options(provider).Aws));
        services.AddSingleton<AwsClient>();
        services.AddSingleton<AwsSecrets>();
        services.AddSingleton<AwsOperations>();
        services.AddSingleton<AwsJobRunner>();
        services.AddSingleton<AwsCall>();
        services.AddSingleton<IRemoteSecrets, AwsSecretReader>();
        return services;
    }

    private static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddSingleton(static provider => Options(provider).Http);
        services.AddSingleton(static provider => new HostPolicy(Options(provider).Http.AllowedHosts));
        services.AddHttpClient(HttpInvoke.TokenClientName);
        services.AddHttpClient(HttpInvoke.ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => new SocketsHttpHandler
            {
                // A redirect would lead past the check of the host, a proxy past the check of the address.
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectCallback = provider.GetRequiredService<HostPolicy>().ConnectAsync,
            });
        services.AddSingleton<HttpInvoke>();
        return services
            .Add(static provider => provider.GetRequiredService<HttpInvoke>())
            .Add<ApiGatewayInvoke>();
    }

    private static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.TryAddSingleton<IBlobStore, AzureBlobStore>();
        services.AddSingleton(static provider => Options(provider).Blobs);
        services.AddSingleton<BlobLocations>();
        services.AddSingleton(static provider => new WorkflowBlobs(provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<BlobLocations>())
        {
            Identities = provider.GetRequiredService<IdentityBlobs>(),
        });
        services.AddSingleton<IRemoteSecrets, BlobAddresses>();
        services.AddSingleton<BlobRefusals>();
        services.AddSingleton<BlobContext>();
        foreach (BlobAction action in (BlobAction[])[.. ObjectActions.All, ListObjects.Action, .. MultipartActions.All])
        {
            services.Add(provider => new BlobIntegration(provider.GetRequiredService<BlobContext>(), BlobDialect.S3, action.S3, action.Prepare));
            if (action.Azure is { } name)
            {
                services.Add(provider => new BlobIntegration(provider.GetRequiredService<BlobContext>(), BlobDialect.Azure, name, action.Prepare));
            }
        }

        return services;
    }

    private static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton(static provider => Options(provider).Messages);
        services.AddSingleton<StorageQueues>();
        services.AddSingleton<MessageDeduplication>();
        services.TryAddSingleton<INotificationSender, StorageQueueSender>();
        services.TryAddSingleton<IMessageReceiver, StorageQueueReceiver>();
        services.TryAddSingleton<IEventRules, NoEventRules>();
        services.AddSingleton(static provider => new QueueReader(provider.GetRequiredService<StorageClients>(), Options(provider).Messages));
        foreach (string name in (ReadOnlySpan<string>)[SendMessage.Optimised, SendMessage.Sdk, SendMessage.Azure])
        {
            services.Add(provider => Create<SendMessage>(provider, name));
        }

        foreach (string name in (ReadOnlySpan<string>)[ReceiveMessage.Sdk, ReceiveMessage.Azure])
        {
            services.Add(provider => Create<ReceiveMessage>(provider, name));
        }

        foreach (string name in (ReadOnlySpan<string>)[DeleteMessage.Sdk, DeleteMessage.Azure])
        {
            services.Add(provider => Create<DeleteMessage>(provider, name));
        }

        return services
            .Add(static provider => new QueueBatch(QueueBatch.Send, Create<SendMessage>(provider, SendMessage.Sdk)))
            .Add(static provider => new QueueBatch(QueueBatch.Delete, Create<DeleteMessage>(provider, DeleteMessage.Sdk)))
            .Add<SendToServiceBus>()
            .Add<ReceiveFromServiceBus>()
            .Add(static provider => Create<SettleServiceBusMessage>(provider, false))
            .Add(static provider => Create<SettleServiceBusMessage>(provider, true))
            .AddBoth(static (provider, sdk) => Create<Publish>(provider, sdk))
            .AddBoth(static (provider, sdk) => Create<PutEvents>(provider, sdk));
    }

    private static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton(static provider => Options(provider).Mail);
        services.AddSingleton<CommunicationMail>();
        foreach (string name in (ReadOnlySpan<string>)[SendEmail.First, SendEmail.Second])
        {
            services.Add(provider => Create<SendEmail>(provider, name));
        }

        return services;
    }

    private static IServiceCollection AddExecutions(this IServiceCollection services)
    {
        services.TryAddSingleton<IExecutionStarter, UnconfiguredExecutionStarter>();
        return services.AddBoth(static (provider, sdk) => Create<StartExecutionTask>(provider, sdk));
    }

    private static IServiceCollection AddRouter(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new TaskRouter(
            provider.GetServices<ITaskIntegration>(),
            provider.GetRequiredService<ILogger<TaskRouter>>(),
            provider.GetRequiredService<IMappedResources>(),
            provider.GetRequiredService<ISecretArguments>())
        { SuggestsSimilar = Options(provider).ExplainMissing });
        services.AddSingleton<ResourceTargets>();
        services.AddSingleton(static provider => new ResourceCatalog(
            provider.GetRequiredService<ResourceTargets>(),
            provider.GetRequiredService<TaskRouter>(),
            Options(provider).Storage.IsConfigured,
            Options(provider).Mail.IsConfigured,
            [.. Options(provider).Tables.Keys]));
        services.TryAddSingleton<ITaskRunner>(static provider => provider.GetRequiredService<TaskRouter>());
        return services;
    }

    // As optimised integration and as SDK integration.
    private static IServiceCollection AddBoth(this IServiceCollection services, Func<IServiceProvider, bool, ITaskIntegration> create) => services
        .Add(provider => create(provider, false))
        .Add(provider => create(provider, true));

    private static IServiceCollection Add<T>(this IServiceCollection services)
        where T : class, ITaskIntegration => services.AddSingleton<ITaskIntegration, T>();

    private static IServiceCollection Add(this IServiceCollection services, Func<IServiceProvider, ITaskIntegration> create) =>
        services.AddSingleton(create);

    // A redirect would lead to another server with what authorises the request.
    private static void AddSignedClient(this IServiceCollection services, string name) => services
        .AddHttpClient(name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
        .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All });

    private static T Create<T>(IServiceProvider provider, object argument) => ActivatorUtilities.CreateInstance<T>(provider, argument);

    private static IntegrationOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<IntegrationOptions>>().Value;
}
