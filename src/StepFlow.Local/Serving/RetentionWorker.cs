using StepFlow.Local.Engine;
using StepFlow.Service.Configuration;

namespace StepFlow.Local.Serving;

/// <summary>Removes data at intervals: executions that are older than the retention period, and outcomes of table calls.</summary>
internal sealed class RetentionWorker(LocalHost host, ServiceSettings settings, TimeProvider clock, ILogger<RetentionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await PurgeAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        try
        {
            if (settings.Retention is { } retention)
            {
                await host.PurgeAsync(clock.GetUtcNow() - retention, stopping);
            }

            await host.DeleteTableCallsAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LocalLogs.PurgeFailed(logger, e);
        }
    }
}
