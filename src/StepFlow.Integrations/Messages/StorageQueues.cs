using System.IO.Enumeration;
using Azure.Storage.Queues;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Messages;

/// <summary>The storage queues that workflows may reach, by the names that workflows know them by.</summary>
internal sealed class StorageQueues(StorageClients clients, MessageOptions options, IEnumerable<ReservedQueues> reserved)
{
    private readonly string[] _reserved = [.. ReservedQueues.OfPlatform.Patterns, .. reserved.SelectMany(static one => one.Patterns)];

    private readonly Lazy<QueueServiceClient> _service =
        new(() => clients.Queues(options.Base64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None));

    /// <summary>A destination's queue; null where there is none that may be reached.</summary>
    public QueueClient? Find(MessageDestination destination, string name) =>
        clients.IsConfigured && NameOf(destination, name) is { } queue && StorageNames.IsContainerOrQueue(queue) && !_reserved.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, queue, ignoreCase: false))
            ? _service.Value.GetQueueClient(queue)
            : null;

    private string? NameOf(MessageDestination destination, string name) => destination switch
    {
        MessageDestination.Queue => options.Queues.TryGetValue(name, out string? queue) ? queue : name,
        MessageDestination.Topic => options.Topics.TryGetValue(name, out string? topic) ? topic : name,
        _ => options.EventBuses.TryGetValue(name, out string? bus) ? bus : null,
    };
}
