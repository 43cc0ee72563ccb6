namespace StepFlow.Integrations.Messages;

/// <summary>A message to send.</summary>
public sealed record OutgoingMessage
{
    /// <summary>The kind of destination.</summary>
    public required MessageDestination Destination { get; init; }

    /// <summary>The name of the queue, topic or event bus, without ARN or URL.</summary>
    public required string Name { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    public string? Subject { get; init; }

    /// <summary>Attributes in the form of the call (<c>{"name": {"DataType": …, "StringValue": …}}</c>); null for none.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>The group of the message. Messages of one group stay in order. Null for none.</summary>
    public string? GroupId { get; init; }

    /// <summary>Messages with the same id count once; null to leave that to the receiver.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>How long the message stays hidden.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The name of the identity that sends it (<c>Identities</c>); null for the host itself.</summary>
    public string? Identity { get; init; }

    /// <summary>The same for every repetition of the call; a sender that can uses it to drop duplicates.</summary>
    public required string IdempotencyKey { get; init; }
}

/// <summary>The sorts of destinations.</summary>
public enum MessageDestination
{
    /// <summary>A queue: one receiver takes each message.</summary>
    Queue,

    /// <summary>A topic: each subscriber gets each message.</summary>
    Topic,

    /// <summary>An event bus.</summary>
    EventBus,
}

/// <summary>A message that was sent.</summary>
/// <param name="SequenceNumber">Its position in its group; null if it has none.</param>
public sealed record SentMessage(string MessageId, string? SequenceNumber = null);
