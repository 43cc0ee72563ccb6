using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace StepFlow.Service.Events;

/// <summary>
/// Publishes status changes of executions: to the rules among the triggers, and to the destinations of the settings. Delivery
/// is best effort, as with EventBridge for Step Functions: waiting events are lost if the process is killed, and an event can
/// be delivered twice, with the same <c>id</c>.
/// </summary>
/// <param name="destinations">Where events go.</param>
/// <param name="logger">The log of events that are not delivered.</param>
public sealed class StatusChangePublisher(StatusChangeDestinations destinations, TimeProvider time, ILogger<StatusChangePublisher> logger) : BackgroundService
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    private readonly StatusChangeQueue[] _queues = [.. destinations.All.Select(one => new StatusChangeQueue(one.Name, one.Deliver, time, logger))];

    /// <summary>Whether there is a destination.</summary>
    public bool HasDestinations => _queues.Length > 0;

    /// <summary>Takes an event. Never blocks.</summary>
    /// <param name="occurrence">The event, in the form of EventBridge.</param>
    public void Publish(JsonObject occurrence)
    {
        foreach (StatusChangeQueue queue in _queues)
        {
            queue.Add(occurrence);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (StatusChangeQueue queue in _queues)
        {
            queue.Complete();
        }

        // What waits is delivered, if that is soon.
        if (ExecuteTask is { } delivery)
        {
            await Task.WhenAny(delivery, Task.Delay(StopTime, time, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_queues.Select(queue => queue.RunAsync(stoppingToken)));
}
