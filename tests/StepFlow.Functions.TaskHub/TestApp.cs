using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Storage;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.TaskHub;

/// <summary>One process of the app: its own registrations, but for the tasks, the clock, and containers of its own.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly CancellationTokenSource _stopping = new();

    private TestApp(ServiceProvider provider) => _provider = provider;

    /// <summary>Cancelled when the process stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public static TestApp Open(TestAppOptions options)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", options.ConnectionString), .. options.Settings])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IHostApplicationLifetime>(new Lifetime());
        services.AddStepFlowApp(configuration);
        services.Replace(ServiceDescriptor.Singleton(provider => new ExecutionStorage(provider.GetRequiredService<BlobServiceClient>(), options.Prefix)));
        services.Replace(ServiceDescriptor.Singleton<IDocumentStore>(provider => new BlobDocumentStore(
            provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(options.Prefix + ExecutionStorage.Documents), options.Time)));
        services.Replace(ServiceDescriptor.Singleton<IExpressStarts>(provider => new ExpressQueue(
            provider.GetRequiredService<QueueServiceClient>(), provider.GetRequiredService<ExpressMessages>(), options.Prefix + ExpressQueue.Name)));
        services.Replace(ServiceDescriptor.Singleton(options.Time));
        if (options.Tasks is { } tasks)
        {
            services.Replace(ServiceDescriptor.Singleton(tasks));
        }

        options.Configure?.Invoke(services);
        var app = new TestApp(services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true }));
        if (options.Client is { } client)
        {
            app.Get<DurableClients>().Use(client);
        }
        return app;
    }

    /// <summary>Creates the containers of a prefix.</summary>
    public static async Task CreateContainersAsync(string connectionString, string prefix)
    {
        var blobs = new BlobServiceClient(connectionString);
        await Task.WhenAll(ExecutionStorage.Containers.Select(name => blobs.CreateBlobContainerAsync(prefix + name)));
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>A function's class, made as the worker makes it.</summary>
    public object Create(Type type) => ActivatorUtilities.CreateInstance(_provider, type);

    /// <summary>Notifies the running functions that the process stops.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
        await _provider.DisposeAsync();
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new UnreachableException();
    }
}

/// <summary>What a <see cref="TestApp"/> is opened with.</summary>
public sealed record TestAppOptions
{
    public required string ConnectionString { get; init; }

    public required string Prefix { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Runs the tasks; null for the integrations themselves.</summary>
    public ITaskRunner? Tasks { get; init; }

    public DurableTaskClient? Client { get; init; }

    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<IServiceCollection>? Configure { get; init; }
}
