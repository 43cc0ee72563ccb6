using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using StepFlow.Console;
using StepFlow.Local.Configuration;
using StepFlow.Local.Definitions;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service;
using StepFlow.Service.Access;
using StepFlow.Service.Configuration;
using StepFlow.Service.Deployments;
using StepFlow.Service.Protocol;
using StepFlow.Service.Tasks;
using StepFlow.Service.Triggers;

namespace StepFlow.Local.Serving;

/// <summary>The durable server: a host on a data folder, the service, and Kestrel.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private Telemetry? _telemetry;

    private LocalServer(WebApplication application) => _application = application;

    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Cancelled when the process receives a signal to stop.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>Opens the data folder, registers the configured state machines, resumes executions, and listens.</summary>
    /// <exception cref="CommandException">The configuration is wrong, or the port cannot be had.</exception>
    /// <exception cref="Failures.JournalException">The data folder cannot be used.</exception>
    public static async Task<LocalServer> StartAsync(
        LoadedConfiguration configuration, ServerOptions options, ServiceSettings settings, TextWriter error, CancellationToken cancellationToken)
    {
        AccessKeys keys = settings.ToAccessKeys();
        SignIn? signIn = ReadSignIn(settings);
        bool isProtected = keys.IsRequired || signIn is not null;

        // Synchronous executions run turns on the threads of their requests, at most one for each core. More threads are needed for other work.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), completions);
        ServerAccess access = ServerAccess.Read(configuration, options, isProtected);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "stepflow" });
        builder.Logging.AddStepFlowConsole();
        Telemetry.AddLogs(builder.Logging);
        builder.Services.AddHostFiltering(filtering => filtering.AllowedHosts = isProtected ? ["*"] : [.. ServerAccess.LoopbackNames]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = ServerAccess.MaxHeaderBytes;
            kestrel.Limits.MaxConcurrentConnections = access.MaxConnections;
            kestrel.Listen(access.Endpoint, listen =>
            {
                if (access.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        if (access.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        // Those over the limit are closed at once, and their clients get an error. Only a few of them are open at a time.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new BoundedTransport(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), access.MaxConnections + ServerAccess.ConnectionsToClose));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services
            .AddLocalTasks(configuration)
            .AddLocalService(options, settings, configuration.Settings)
            .AddSingleton(configuration.Bind<StateMachineSettings>("StateMachines"))
            .AddHostedService<TriggerWorker>()
            .AddHostedService<DeferredWorker>()
            .AddHostedService<RetentionWorker>()
            .AddHostedService<DamageWatch>();
        if (configuration.Settings.GetSection("Video").Exists())
        {
            builder.Services.AddHostedService<VideoWorker>();
        }

        var server = new LocalServer(builder.Build());
        try
        {
            await server.StartAsync(configuration, options, access, keys, signIn, error, cancellationToken);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw Explain(e, options) ?? e;
        }
    }

    /// <summary>Stops in order: first requests, then tasks, and then everything in the queue is written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _telemetry?.Dispose();
    }

    private async Task StartAsync(LoadedConfiguration configuration, ServerOptions options, ServerAccess access, AccessKeys keys, SignIn? signIn, TextWriter error, CancellationToken cancellationToken)
    {
        IServiceProvider services = _application.Services;
        await RegisterMachinesAsync(configuration, error, cancellationToken);
        var mapRuns = services.GetRequiredService<MapRunDirectory>();
        services.GetRequiredService<ProblemMetrics>();
        _telemetry = Telemetry.Start();
        services.GetRequiredService<LocalHost>().Run(new LocalHostParts
        {
            Tasks = services.GetRequiredService<StepFunctionsTasks>(),
            ActivityDirectory = services.GetRequiredService<IActivityDirectory>(),
            Observer = services.GetRequiredService<IExecutionObserver>(),
            Mocks = services.GetRequiredService<MockConfiguration>(),
            Objects = services.GetRequiredService<IObjectStore>(),
            MapRunProgress = mapRuns.Report,
            MapRunControl = mapRuns.Control,
        });
        _application.Use(next => new TransportGuard(access.TrustedProxies, next).ServeAsync);
        _application.UseHostFiltering();
        _application.MapStepFunctions(services.GetRequiredService<StepFunctionsService>(), keys, signIn, Load(options, services));
        _application.MapStepFlowConsole();
        var triggers = services.GetRequiredService<TriggerSet>();
        _application.MapPost("/triggers/{name}", (HttpContext context, string name) => triggers.ServeWebhookAsync(context, name));
        await _application.StartAsync(cancellationToken);
    }

    /// <summary>Creates and updates the state machines of the configured folder. The first one that is rejected ends the start.</summary>
    private async Task RegisterMachinesAsync(LoadedConfiguration configuration, TextWriter error, CancellationToken cancellationToken)
    {
        if (configuration.Resolve(_application.Services.GetRequiredService<StateMachineSettings>().Folder) is not { } folder)
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new CommandException(ExitCodes.InvalidConfiguration, $"StateMachines:Folder: {folder}: no such folder.");
        }

        var machines = _application.Services.GetRequiredService<MachineRegistration>();
        ServiceOptions options = _application.Services.GetRequiredService<ServiceOptions>();
        foreach (FolderDefinition definition in await machines.ReadAsync(folder, cancellationToken))
        {
            if (definition.Problem is { } problem)
            {
                throw new CommandException(ExitCodes.InvalidConfiguration, $"StateMachines:Folder: {definition.File}: {problem}");
            }

            // The service's message for an invalid definition would not have its positions in the file.
            await DefinitionSource.RequireAsync(new(definition.Name, definition.File, definition.Read!), definition.Type, options.Limits, options.Integrations, error);
            ApiResult registered = await machines.RegisterAsync(definition, cancellationToken);
            if (!registered.IsSuccess)
            {
                throw new CommandException(ExitCodes.InvalidDefinition, $"The state machine {definition.Name} is refused: {registered.Error.Code}: {registered.Error.Message}");
            }
        }
    }

    private static RequestLoad Load(ServerOptions options, IServiceProvider services)
    {
        LocalHost host = services.GetRequiredService<LocalHost>();
        ExpressExecutions express = services.GetRequiredService<ExpressExecutions>();
        return new(new(options.MaxRequests, options.MaxRequestBytes, options.MaxExecutionsInMemory), () => host.Resident + express.Running, services.GetRequiredService<TimeProvider>());
    }

    /// <summary>On this host no platform signs callers in.</summary>
    private static SignIn? ReadSignIn(ServiceSettings settings)
    {
        try
        {
            return settings.ToSignIn(platformAuthenticates: false);
        }
        catch (InvalidOperationException wrong)
        {
            throw new CommandException(ExitCodes.InvalidConfiguration, wrong.Message, wrong);
        }
    }

    private static CommandException? Explain(Exception e, ServerOptions options) => e switch
    {
        IOException { InnerException: AddressInUseException } => new(
            ExitCodes.PortUnavailable, $"Port {options.Port} of {options.Listen} is in use. Stop the program that uses it, or choose another port with --port.", e),
        SocketException or IOException { InnerException: SocketException } => new(
            ExitCodes.PortUnavailable, $"Cannot listen on port {options.Port} of {options.Listen}: {e.Message}", e),
        _ => null,
    };
}
