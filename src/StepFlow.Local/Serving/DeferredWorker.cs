using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Serving;

/// <summary>Calls the functions whose result nobody waits for, while the server runs.</summary>
internal sealed class DeferredWorker(DeferredInvocations invocations) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => invocations.RunAsync(stoppingToken);
}
