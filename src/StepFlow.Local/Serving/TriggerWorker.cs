using StepFlow.Service.Triggers;

namespace StepFlow.Local.Serving;

/// <summary>Polls the triggers of the settings while the server runs.</summary>
internal sealed class TriggerWorker(TriggerSet triggers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => triggers.RunAsync(stoppingToken);
}
