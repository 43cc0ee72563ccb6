using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Serving;

/// <summary>Makes the function calls whose result is not awaited, while the server runs.</summary>
internal sealed class DeferredWorker(DeferredInvocations invocations) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => invocations.RunAsync(stoppingToken);
}
