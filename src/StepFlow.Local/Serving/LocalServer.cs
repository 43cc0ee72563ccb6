using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using StepFlow.Console;
using StepFlow.Language;
using StepFlow.Local.Configuration;
using StepFlow.Local.Engine;
using StepFlow.Local.Failures;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service;
using StepFlow.Service.Access;
using StepFlow.Service.Configuration;
using StepFlow.Service.Tasks;
using StepFlow.Service.Triggers;
using StepFlow.VideoPipeline.Definition;
using StepFlow.VideoPipeline.Watching;

namespace StepFlow.Local.Serving;

/// <summary>The durable server: a host on a data folder, the service over it, and Kestrel in front.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _workers = [];
    private Telemetry? _telemetry;

    private LocalServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Cancelled when the process is told to stop.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    private LocalHost Host => _application.Services.GetRequiredService<LocalHost>();

    /// <summary>Opens the data folder, registers the configured state machines, takes up what ran, and listens.</summary>
    /// <exception cref="CommandException">The configuration is wrong, or the port cannot be had.</exception>
    /// <exception cref="Failures.JournalException">The data folder cannot be used.</exception>
    public static async Task<LocalServer> StartAsync(
        LoadedConfiguration configuration, ServerOptions options, ServiceSettings settings, TextWriter error, CancellationToken cancellationToken)
    {
        AccessKeys keys = settings.ToAccessKeys();
        SignIn? signIn = ReadSignIn(settings);
        bool isProtected = keys.IsRequired || signIn is not null;
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

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddLocalTasks(configuration).AddLocalService(options, settings).AddStepFlowTriggers(configuration.Settings);
        var server = new LocalServer(builder.Build());
        try
        {
            await server.StartAsync(configuration, access, keys, signIn, settings, error, cancellationToken);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw Explain(e, options) ?? e;
        }
    }

    /// <summary>Stops in order: no more requests, no more tasks, everything that is known written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        await _application.StopAsync();
        await _application.DisposeAsync();
        _telemetry?.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(
        LoadedConfiguration configuration, ServerAccess access, AccessKeys keys, SignIn? signIn, ServiceSettings settings, TextWriter error, CancellationToken cancellationToken)
    {
        IServiceProvider services = _application.Services;
        LocalHost host = Host;
        var service = services.GetRequiredService<StepFunctionsService>();
        var machines = configuration.Bind<StateMachineSettings>("StateMachines");
        var registrar = new MachineRegistrar(service, machines, error);
        if (machines.Folder is { } folder)
        {
            await registrar.RegisterFolderAsync(Path.Combine(configuration.Folder, folder), cancellationToken);
        }

        string? video = configuration.Settings.GetSection("Video").Exists()
            ? await registrar.RegisterAsync(VideoPipelineDefinition.Name, VideoPipelineDefinition.Read(), StateMachineType.Standard, cancellationToken)
            : null;
        var mapRuns = services.GetRequiredService<MapRunDirectory>();
        services.GetRequiredService<ProblemMetrics>();
        _telemetry = Telemetry.Start();
        host.Run(new LocalHostParts
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
        _application.MapStepFunctions(service, keys, signIn);
        _application.MapStepFlowConsole();
        var triggers = services.GetRequiredService<TriggerSet>();
        _application.MapPost("/triggers/{name}", (HttpContext context, string name) => triggers.ServeWebhookAsync(context, name));
        await _application.StartAsync(cancellationToken);
        _workers.Add(triggers.RunAsync(_stopping.Token));
        if (video is not null)
        {
            _workers.Add(new VideoWorker(services.GetRequiredService<BlobWatcher>(), video).RunAsync(_stopping.Token));
        }

        var retention = new RetentionWorker(host, settings.Retention, TimeProvider.System, services.GetRequiredService<ILogger<RetentionWorker>>());
        _workers.Add(retention.RunAsync(_stopping.Token));
        _workers.Add(new DamageWatch(host, TimeProvider.System, services.GetRequiredService<ILogger<DamageWatch>>()).RunAsync(_stopping.Token));
    }

    /// <summary>On this host no platform stands before the server that could say who signed in.</summary>
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
            ExitCodes.PortUnavailable, $"Port {options.Port} of {options.Listen} is in use. Stop what listens there, or choose another with --port.", e),
        SocketException or IOException { InnerException: SocketException } => new(
            ExitCodes.PortUnavailable, $"Cannot listen on port {options.Port} of {options.Listen}: {e.Message}", e),
        _ => null,
    };
}
