using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Service.Events;

/// <summary>
/// Delivers events to one destination, in their order. Events wait while the destination is unavailable. If more than
/// <see cref="MaxWaiting"/> wait, the oldest are dropped, and their number is logged.
/// </summary>
internal sealed class StatusChangeQueue
{
    /// <summary>How many events wait for a destination.</summary>
    public const int MaxWaiting = 10_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly string _destination;
    private readonly Func<JsonObject, CancellationToken, Task> _deliver;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<JsonObject> _events;
    private int _dropped;

    /// <param name="destination">The name of the destination in the log.</param>
    /// <param name="deliver">Delivers one event. If it throws an outage, it is called again later.</param>
    /// <param name="logger">The log of events that were not delivered.</param>
    public StatusChangeQueue(string destination, Func<JsonObject, CancellationToken, Task> deliver, TimeProvider time, ILogger logger)
    {
        (_destination, _deliver, _time, _logger) = (destination, deliver, time, logger);
        _events = Channel.CreateBounded<JsonObject>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Takes an event. Never blocks.</summary>
    public void Add(JsonObject occurrence) => _events.Writer.TryWrite(occurrence);

    /// <summary>No more events come: <see cref="RunAsync"/> ends when those that wait are delivered.</summary>
    public void Complete() => _events.Writer.TryComplete();

    /// <summary>Delivers until the queue is complete and empty.</summary>
    /// <param name="cancellationToken">Drops the waiting events. Their number is logged.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (JsonObject occurrence in _events.Reader.ReadAllAsync(cancellationToken))
            {
                await DeliverAsync(occurrence, cancellationToken);
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                {
                    ServiceLogs.StatusChangesDropped(_logger, dropped, _destination);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ServiceLogs.StatusChangesDropped(_logger, _dropped + _events.Reader.Count + 1, _destination);
        }
    }

    private async Task DeliverAsync(JsonObject occurrence, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await _deliver(occurrence, cancellationToken);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && Outages.IsOutage(failure))
            {
                if (attempt == 1)
                {
                    ServiceLogs.StatusChangesWait(_logger, failure, _destination);
                }

                TimeSpan pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 10)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                ServiceLogs.StatusChangeRefused(_logger, failure, _destination);
                return;
            }
        }
    }
}
