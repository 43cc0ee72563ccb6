using Microsoft.Extensions.Hosting;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Hosting;

/// <summary>Begins new schedules when the app starts, so that the first time of each starts an execution.</summary>
internal sealed class SchedulesAtStart(TriggerSet triggers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => triggers.BeginSchedulesAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
