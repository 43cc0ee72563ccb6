using StepFlow.Local.Engine;

namespace StepFlow.Local.Serving;

/// <summary>Removes, now and then, what is kept no longer: executions that ended long ago, and outcomes of table calls.</summary>
internal sealed class RetentionWorker(LocalHost host, TimeSpan? retention, TimeProvider clock, ILogger<RetentionWorker> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await PurgeAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; the rest goes after the next start.
        }
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        try
        {
            if (retention is { } kept)
            {
                await host.PurgeAsync(clock.GetUtcNow() - kept, stopping);
            }

            await host.ForgetTableCallsAsync(stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LocalLogs.PurgeFailed(logger, e);
        }
    }
}
