using StepFlow.Local.Engine;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Serving;

/// <summary>Looks through all executions once after the start, a few at a time, and names those that are damaged.</summary>
internal sealed class DamageWatch(LocalHost host, TimeProvider clock, ILogger<DamageWatch> logger) : BackgroundService
{
    private const int Part = 20;

    /// <summary>Between the parts others have the disk.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (long? after = 0; after is { } last;)
            {
                await Task.Delay(Pause, clock, stoppingToken);
                (IReadOnlyList<Damage> found, after) = await host.CheckAsync(last, Part, stoppingToken);
                foreach (Damage damage in found)
                {
                    LocalLogs.DamageFound(logger, damage.Subject, damage.Problem);
                }
            }
        }
        catch (Exception e) when (stoppingToken.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The server is stopping. The next start continues the check.
        }
        catch (Exception e)
        {
            LocalLogs.CheckFailed(logger, e);
        }
    }
}
