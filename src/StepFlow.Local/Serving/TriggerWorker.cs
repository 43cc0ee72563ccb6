using StepFlow.Service.Triggers;

namespace StepFlow.Local.Serving;

/// <summary>Lets the triggers of the settings look for their causes while the server runs.</summary>
internal sealed class TriggerWorker(TriggerSet triggers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => triggers.RunAsync(stoppingToken);
}
