namespace StepFlow.Integrations.Messages;

/// <summary>
/// Where messages go. A name means the storage queue of the same name, unless it is listed. Settings:
/// <c>StepFlow:Messages:…</c>.
/// </summary>
public sealed class MessageOptions
{
    /// <summary>Queues whose storage queue has another name: queue → storage queue.</summary>
    public IDictionary<string, string> Queues { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Topics whose storage queue has another name: topic → storage queue.</summary>
    public IDictionary<string, string> Topics { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Event buses: bus → storage queue. An event bus has no queue unless it is listed.</summary>
    public IDictionary<string, string> EventBuses { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether texts are Base64 in the storage queue, as the queue trigger of Azure Functions expects by default. True by default.</summary>
    public bool Base64 { get; set; } = true;

    /// <summary>Whether a missing storage queue is created when a message is sent to it. False by default, so a misspelt name is an error.</summary>
    public bool CreateMissing { get; set; }

    /// <summary>Whether a topic's message is sent without the envelope of SNS. False by default.</summary>
    public bool RawMessageDelivery { get; set; }
}
