using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace StepFlow.Functions.TaskHub;

/// <summary>The isolated worker's own services for Durable Functions: its options, and how it writes payloads.</summary>
public static class WorkerServices
{
    /// <summary>The services.</summary>
    public static IServiceProvider Provider { get; } = Create();

    /// <summary>The options of the worker.</summary>
    public static DurableTaskWorkerOptions Options => Provider.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value;

    private static ServiceProvider Create()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new DurableTaskExtensionStartup().Configure(services.AddFunctionsWorkerCore());
        return services.BuildServiceProvider();
    }
}
