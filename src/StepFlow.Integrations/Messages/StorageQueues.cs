using System.Collections.Concurrent;
using System.IO.Enumeration;
using Azure.Storage.Queues;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Storage;

namespace StepFlow.Integrations.Messages;

/// <summary>The storage queues that workflows may access, by their names in definitions.</summary>
internal sealed class StorageQueues(IdentityStorage storage, MessageOptions options, IEnumerable<ReservedQueues> reserved)
{
    private readonly string[] _reserved = [.. ReservedQueues.OfPlatform.Patterns, .. reserved.SelectMany(static one => one.Patterns)];

    private readonly ConcurrentDictionary<(StorageClients Clients, QueueMessageEncoding Encoding), QueueServiceClient> _services = new();

    /// <summary>Whether texts are Base64 in the queues.</summary>
    public bool AreBase64 => options.Base64;

    /// <summary>A destination's queue; null if it does not exist or may not be accessed.</summary>
    /// <param name="destination">What sort of destination.</param>
    /// <param name="identity">The name of the identity that reaches it; null for the host itself.</param>
    public QueueClient? Find(MessageDestination destination, string name, string? identity) =>
        Find(destination, name, identity, options.Base64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None);

    /// <summary>A destination's queue, to receive messages whose texts are then read by <see cref="QueueText"/>; null if it does not exist or may not be accessed.</summary>
    public QueueClient? FindToReceive(MessageDestination destination, string name, string? identity) => Find(destination, name, identity, QueueMessageEncoding.None);

    private QueueClient? Find(MessageDestination destination, string name, string? identity, QueueMessageEncoding encoding) =>
        storage.For(identity) is { IsConfigured: true } clients && NameOf(destination, name) is { } queue && StorageNames.IsContainerOrQueue(queue) && !_reserved.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, queue, ignoreCase: false))
            ? _services.GetOrAdd((clients, encoding), static key => key.Clients.Queues(key.Encoding)).GetQueueClient(queue)
            : null;

    private string? NameOf(MessageDestination destination, string name) => destination switch
    {
        MessageDestination.Queue => options.Queues.TryGetValue(name, out string? queue) ? queue : name,
        MessageDestination.Topic => options.Topics.TryGetValue(name, out string? topic) ? topic : name,
        _ => options.EventBuses.TryGetValue(name, out string? bus) ? bus : null,
    };
}
